using Microsoft.Extensions.Options;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Sweeping;

/// <summary>Sweeps the bucket from time to time; of all replicas, one at a time.</summary>
public sealed partial class SweepLoop(
    OrphanSweep sweep, IMetadataStore metadata, IOptions<SweepOptions> options, TimeProvider clock, ILogger<SweepLoop> logger) : BackgroundService
{
    /// <summary>The task of which replicas take turns.</summary>
    public const string Turn = "orphan-sweep";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = options.Value.Every;
        using var ticks = new PeriodicTimer(every < TimeSpan.FromMinutes(10) ? every : TimeSpan.FromMinutes(10), clock);

        try
        {
            while (await ticks.WaitForNextTickAsync(stoppingToken))
            {
                await TrySweepAsync(every, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task TrySweepAsync(TimeSpan every, CancellationToken cancellationToken)
    {
        using var activity = FileTracing.StartTask("sweep");

        try
        {
            if (await metadata.TryTakeTurnAsync(Turn, every, cancellationToken))
            {
                var report = await sweep.RunAsync(cancellationToken);
                Log.Swept(logger, report.Uploads, report.Documents, report.Unfinished);
            }
        }
        catch (StorageException failure)
        {
            Log.Failed(logger, failure.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.FailedUnexpectedly(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4101, LogLevel.Information, "Sweep: removed {Uploads} uploads without a record, {Documents} result documents nothing leads to, {Unfinished} uploads in parts.")]
        public static partial void Swept(ILogger logger, int uploads, int documents, int unfinished);

        [LoggerMessage(4102, LogLevel.Warning, "The sweep could not be finished and will be tried again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(4103, LogLevel.Error, "The sweep failed unexpectedly and will be tried again.")]
        public static partial void FailedUnexpectedly(ILogger logger, Exception exception);
    }
}
