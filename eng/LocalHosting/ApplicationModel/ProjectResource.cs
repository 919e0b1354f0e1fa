namespace Aspire.Hosting.ApplicationModel;

/// <summary>A project that runs as one process a replica.</summary>
public sealed class ProjectResource : IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    internal ProjectResource(string name, string projectPath, string assemblyPath, LaunchProfile? launchProfile)
    {
        Name = name;
        ProjectPath = projectPath;
        AssemblyPath = assemblyPath;
        LaunchProfile = launchProfile;
        Endpoints.AddRange(launchProfile?.Endpoints() ?? []);
    }

    /// <inheritdoc />
    public string Name { get; }

    internal string ProjectPath { get; }

    /// <summary>The built assembly.</summary>
    internal string AssemblyPath { get; }

    internal LaunchProfile? LaunchProfile { get; }

    internal int Replicas { get; set; } = 1;

    internal List<ProjectEndpoint> Endpoints { get; } = [];

    /// <summary>Set environment variables of one replica, in the order in which they were declared; later ones win.</summary>
    internal List<Action<EnvironmentCallbackContext>> Environment { get; } = [];

    internal List<string> Arguments { get; } = [];

    internal List<Dependency> Dependencies { get; } = [];

    internal List<HttpHealthCheck> HealthChecks { get; } = [];

    internal ProjectEndpoint Endpoint(string name) =>
        Endpoints.Find(endpoint => endpoint.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new DistributedApplicationException($"Resource '{Name}' has no endpoint '{name}'.");

    /// <summary>The endpoint that is meant when none is named: <c>http</c>, else the first.</summary>
    internal ProjectEndpoint DefaultEndpoint() =>
        Endpoints.Find(endpoint => endpoint.Scheme == Uri.UriSchemeHttp)
        ?? Endpoints.FirstOrDefault()
        ?? throw new DistributedApplicationException($"Resource '{Name}' has no endpoint.");
}
