using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds projects to an application.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project, with its default launch profile.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var profile = builder.Configuration["AppHost:DefaultLaunchProfileName"] ?? builder.Configuration["DOTNET_LAUNCH_PROFILE"];
        var project = new TProject().ProjectPath;

        return Add<TProject>(builder, name, LaunchProfile.ReadDefault(DirectoryOf(project), profile));
    }

    /// <summary>Adds a project.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="launchProfileName">The profile of its <c>launchSettings.json</c>; null for none.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new()
    {
        var profile = launchProfileName is null ? null : LaunchProfile.Read(DirectoryOf(new TProject().ProjectPath), launchProfileName);

        return Add<TProject>(builder, name, profile);
    }

    /// <summary>Runs the project in several processes.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        builder.Resource.Replicas = replicas;
        return builder;
    }

    private static ResourceBuilder<ProjectResource> Add<TProject>(IDistributedApplicationBuilder builder, string name, LaunchProfile? profile)
        where TProject : IProjectMetadata, new()
    {
        var projectPath = new TProject().ProjectPath;
        var project = new ProjectResource(name, projectPath, AssemblyOf(typeof(TProject).Assembly, projectPath), profile);
        builder.Resources.Add(project);
        return new ResourceBuilder<ProjectResource>(builder, project);
    }

    /// <summary>Where the project was built to, as <c>eng/LocalHosting.targets</c> wrote down.</summary>
    private static string AssemblyOf(Assembly appHost, string projectPath) =>
        appHost.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == "BuiltProject:" + projectPath)?.Value
        ?? throw new DistributedApplicationException($"{projectPath} is not referenced by the AppHost's project.");

    private static string DirectoryOf(string projectPath) => Path.GetDirectoryName(projectPath) ?? "";
}
