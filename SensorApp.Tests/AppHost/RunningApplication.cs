using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace SensorApp.Tests.AppHost;

/// <summary>The whole application, started by the AppHost, for the tests of one class.</summary>
public sealed class RunningApplication : IAsyncLifetime
{
    /// <summary>Far above what a start takes, so that only one that hangs ends by it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private DistributedApplication? app;

    public async ValueTask InitializeAsync() => app = await StartAsync([]);

    public HttpClient CreateClient(string resource) => app!.CreateHttpClient(resource); // initialised before any test

    /// <summary>Starts an application with settings of its own, and waits for all its processes.</summary>
    public static async Task<DistributedApplication> StartAsync(string[] args)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SensorApp_AppHost>(args, patience.Token);
        var app = await builder.BuildAsync(patience.Token);
        await app.StartAsync(patience.Token);

        foreach (var name in builder.Resources.Select(resource => resource.Name).Intersect(["mocks", "api", "web"]))
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(name, patience.Token);
        }

        return app;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }
}
