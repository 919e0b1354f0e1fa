using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What can be said of any resource.</summary>
public static class ResourceBuilderExtensions
{
    /// <summary>Gives the endpoint of that name.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints =>
        new(Project(builder.Resource), name);

    /// <summary>Adds an http endpoint.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The public port; null or 0 takes a free one.</param>
    /// <param name="targetPort">The port that the process listens on when no public port is given: without a proxy they are one.</param>
    /// <param name="name">Its name, <c>http</c> by default.</param>
    /// <param name="env">The variable that tells the process its port; null: <c>ASPNETCORE_URLS</c> does.</param>
    /// <param name="isProxied">Makes no difference here, as local hosting has no proxy.</param>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints
    {
        var project = Project(builder.Resource);
        var endpoint = new ProjectEndpoint(name ?? Uri.UriSchemeHttp, Uri.UriSchemeHttp, port ?? targetPort, env);

        if (project.Endpoints.Exists(existing => existing.Name.Equals(endpoint.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException($"Resource '{project.Name}' has two endpoints '{endpoint.Name}'.");
        }

        project.Endpoints.Add(endpoint);
        return builder;
    }

    /// <summary>Says that the endpoints are for people outside; matters only where the application is published.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints => builder;

    /// <summary>The resource is healthy only while a request is answered with the status.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">What to ask for, <c>/</c> by default.</param>
    /// <param name="statusCode">The status, 200 by default.</param>
    /// <param name="endpointName">Where to ask, <c>http</c> by default.</param>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var project = Project(builder.Resource);
        var endpoint = endpointName is null ? project.DefaultEndpoint() : project.Endpoint(endpointName);
        project.HealthChecks.Add(new HttpHealthCheck(endpoint, path ?? "/", statusCode ?? 200));
        return builder;
    }

    /// <summary>Starts the resource only when the other one runs and is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
    {
        Project(builder.Resource).Dependencies.Add(new Dependency(dependency.Resource, UntilHealthy: true));
        return builder;
    }

    /// <summary>Starts the resource only when the other one runs.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
    {
        Project(builder.Resource).Dependencies.Add(new Dependency(dependency.Resource, UntilHealthy: false));
        return builder;
    }

    /// <summary>Adds command line arguments.</summary>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs
    {
        Project(builder.Resource).Arguments.AddRange(args);
        return builder;
    }

    /// <summary>Tells the resource the addresses of the other one, under its name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment =>
        builder.WithReference(source, source.Resource.Name);

    /// <summary>Tells the resource the addresses of the other one, under a name of its own.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment
    {
        var other = Project(source.Resource);
        return builder.WithEnvironment(context => other.Endpoints.ForEach(endpoint => ServiceDiscovery.Announce(context, name, endpoint)));
    }

    /// <summary>Tells the resource the address of one endpoint.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment =>
        builder.WithEnvironment(context => ServiceDiscovery.Announce(context, endpointReference.Resource.Name, endpointReference.Endpoint));

    /// <summary>Sets a variable.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = value ?? "");

    /// <summary>Sets a variable to what the function gives when the process starts.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, Func<string> callback)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = callback());

    /// <summary>Sets a variable to the address of an endpoint.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = endpointReference);

    /// <summary>Sets a variable to the value of a parameter.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = parameter.Resource);

    /// <summary>Sets variables when the process starts.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback)
        where T : IResourceWithEnvironment
    {
        Project(builder.Resource).Environment.Add(callback);
        return builder;
    }

    private static ProjectResource Project(IResource resource) =>
        resource as ProjectResource ?? throw new DistributedApplicationException($"'{resource.Name}' is not a project.");
}
