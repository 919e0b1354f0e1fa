using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace SensorApp.Tests.LocalHosting;

/// <summary>Declares applications of sample services.</summary>
internal static class SampleApplication
{
    /// <summary>As in Aspire's tests: no dashboard, random ports.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(params string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--DcpPublisher:RandomizePorts=true", .. args],
            AssemblyName = typeof(SampleApplication).Assembly.GetName().Name,
            DisableDashboard = true,
        });

    /// <summary>Adds a service with a health check.</summary>
    public static IResourceBuilder<ProjectResource> AddService(this IDistributedApplicationBuilder builder, string name, params string[] args) =>
        builder.AddProject<SampleProject>(name, launchProfileName: null)
            .WithHttpEndpoint(name: "http")
            .WithHttpHealthCheck("/health")
            .WithArgs(args);
}
