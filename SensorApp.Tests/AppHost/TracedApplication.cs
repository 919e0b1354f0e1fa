using Aspire.Hosting;

namespace SensorApp.Tests.AppHost;

/// <summary>The application, started once for the tests of a class, and a receiver of its telemetry.</summary>
public sealed class TracedApplication : IAsyncLifetime
{
    private TelemetryReceiver? receiver;
    private DistributedApplication? host;

    public DistributedApplication Host => host ?? throw new InvalidOperationException("The application has not been started.");

    internal TelemetryReceiver Receiver => receiver ?? throw new InvalidOperationException("The application has not been started.");

    public async ValueTask InitializeAsync()
    {
        receiver = await TelemetryReceiver.StartAsync();
        host = await RunningApplication.StartAsync(receiver.Arguments);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        if (receiver is not null)
        {
            await receiver.DisposeAsync();
        }
    }
}
