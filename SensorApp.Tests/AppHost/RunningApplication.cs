using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace SensorApp.Tests.AppHost;

/// <summary>Starts an application with settings of its own.</summary>
internal static class RunningApplication
{
    /// <summary>Far above what a start takes, so that only one that hangs ends by it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Returns when all its processes are healthy.</summary>
    public static async Task<DistributedApplication> StartAsync(params string[] args)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SensorApp_AppHost>(args, patience.Token);
        var app = await builder.BuildAsync(patience.Token);
        await app.StartAsync(patience.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", patience.Token);
        return app;
    }
}
