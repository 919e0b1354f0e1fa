using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.DynamoDb;

/// <summary>Removes expired items now and then; the real service takes up to days for it, and promises no time either.</summary>
internal sealed partial class ExpiryService(ExpirySweep sweep, TimeProvider clock, ILogger<ExpiryService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);

        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that is disposed without having been stopped would report this as a failure.
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            await sweep.RunAsync(stoppingToken);
        }
        catch (StorageException failure)
        {
            Log.NotSwept(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Warning, "Expired items could not be removed; they are tried again")]
        public static partial void NotSwept(ILogger logger, Exception failure);
    }
}
