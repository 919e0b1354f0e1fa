using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Telemetry;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder host;
    private readonly EntryPoint? testedEntryPoint = EntryPoint.Current;
    private readonly bool isTest;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        var appHost = testedEntryPoint?.Assembly ?? (options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly());
        isTest = testedEntryPoint is not null || options.DisableDashboard;
        AppHostDirectory = MetadataOf(appHost, "AppHostProjectPath") ?? Directory.GetCurrentDirectory();

        host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = options.Args,
            ApplicationName = appHost?.GetName().Name,
            ContentRootPath = AppHostDirectory,
            Configuration = testedEntryPoint?.Configuration(AppHostDirectory),
        });
        host.Logging.AddFilter("System.Net.Http", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        host.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        host.Services.TryAddSingleton(TimeProvider.System);
        host.Services.AddHttpClient();
        host.Services.AddSingleton(ExecutionContext);
    }

    public ConfigurationManager Configuration => host.Configuration;

    public IHostEnvironment Environment => host.Environment;

    public IServiceCollection Services => host.Services;

    public string AppHostDirectory { get; }

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new();

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public DistributedApplication Build()
    {
        testedEntryPoint?.WaitForBuild(this);

        var projects = Resources.OfType<ProjectResource>().ToList();
        Services.AddSingleton(new ResourceNotificationService(projects));
        Services.AddSingleton(new OrchestrationOptions
        {
            Projects = projects,
            RandomizePorts = Configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false),
            IsTest = isTest,
        });
        Services.AddSingleton<TelemetryStore>();
        Services.AddSingleton<DashboardAccess>();
        Services.AddSingleton<DashboardPages>();
        Services.AddHostedService<DashboardServer>();
        Services.AddSingleton<ServiceEnvironment>();
        Services.AddSingleton<ServiceOutput>();
        Services.AddSingleton<HealthMonitor>();
        Services.AddSingleton<ProjectRunner>();
        Services.AddHostedService<Orchestrator>();
        Services.AddHostedService<RunCommandWatch>();

        var application = new DistributedApplication(host.Build(), testedEntryPoint);
        testedEntryPoint?.Built(application);
        return application;
    }

    private static string? MetadataOf(Assembly? assembly, string key) =>
        assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == key)?.Value;
}
