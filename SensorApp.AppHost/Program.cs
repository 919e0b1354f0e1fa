using Microsoft.Extensions.DependencyInjection;
using SensorApp.AppHost;
using SensorApp.ServiceDefaults.Settings;

try
{
    var builder = DistributedApplication.CreateBuilder(args);
    var settings = AppHostSettings.Read(builder);
    settings.CheckWhatIsNeeded();

    var mocks = settings.UsesMocks
        ? builder.AddProject<Projects.SensorApp_Mocks>("mocks", launchProfileName: null)
            .WithHttpEndpoint(port: settings.MocksPort, name: "http")
            .WithHttpHealthCheck("/_mocks/health")
            .WithSettings(settings, PassedSettings.Mocks)
        : null;

    var api = builder.AddProject<Projects.SensorApp_Api>("api", launchProfileName: null)
        .WithHttpEndpoint(port: settings.ApiPort, name: "http")
        .WithExternalHttpEndpoints()
        .WithHttpHealthCheck("/health")
        .WithReplicas(settings.ApiReplicas)
        .WithSettings(settings, PassedSettings.Api);

    if (mocks is not null)
    {
        api.WaitFor(mocks);

        if (settings.MocksDataDirectory is { } folder)
        {
            mocks.WithEnvironment(KnownSettings.MocksDataDirectory.Name, folder);
        }

        if (!settings.IsConfigured(KnownSettings.AwsEndpointUrl))
        {
            api.WithEnvironment(KnownSettings.AwsEndpointUrl.Name, mocks.GetEndpoint("http"));
        }
    }

    var web = settings.UsesWeb
        ? builder.AddProject<Projects.SensorApp_Web>("web", launchProfileName: null)
            .WithHttpEndpoint(port: settings.WebPort, name: "http")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health")
            .WithReference(api)
            .WaitFor(api)
            .WithSettings(settings, PassedSettings.Web)
        : null;

    if (web is not null && !settings.IsConfigured(KnownSettings.AllowedOrigins))
    {
        api.WithEnvironment(KnownSettings.AllowedOrigins.Name, web.GetEndpoint("http"));
    }

    if (builder.ExecutionContext.IsRunMode)
    {
        builder.Services.AddSingleton(new Addresses(api.GetEndpoint("http"), web?.GetEndpoint("http"), mocks?.GetEndpoint("http")));
        builder.Services.AddHostedService<ReadyAnnouncement>();
    }

    await using var app = builder.Build();
    await app.RunAsync();
}
catch (Exception refusal) when (refusal is InvalidSettingException or StartRefusedException)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    Environment.ExitCode = 1;
}
