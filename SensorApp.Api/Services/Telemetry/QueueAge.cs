using System.Diagnostics.Metrics;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Telemetry;

/// <summary>Tells how long the oldest due file has been waiting. Asks the table only while somebody collects the figure.</summary>
public sealed partial class QueueAge : BackgroundService
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(15);

    private readonly IMetadataStore _metadata;
    private readonly TimeProvider _clock;
    private readonly ILogger<QueueAge> _logger;
    private readonly Meter _meter = new("SensorApp.Queue");
    private readonly ObservableGauge<double> _gauge;
    private double _seconds;

    public QueueAge(IMetadataStore metadata, TimeProvider clock, ILogger<QueueAge> logger)
    {
        (_metadata, _clock, _logger) = (metadata, clock, logger);
        _gauge = _meter.CreateObservableGauge("sensorapp.queue.age", () => Volatile.Read(ref _seconds), "s", "How long the oldest due file has been waiting for a replica.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(AskEvery, _clock);

        try
        {
            while (await ticks.WaitForNextTickAsync(stoppingToken))
            {
                if (_gauge.Enabled)
                {
                    await TryAskAsync(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task TryAskAsync(CancellationToken cancellationToken)
    {
        using var activity = FileTracing.StartUnrecorded("ask for the age of the queue");
        var now = _clock.GetUtcNow();
        var oldest = now;

        try
        {
            for (var shard = 0; shard < DueFile.Shards; shard++)
            {
                foreach (var due in await _metadata.FindDueAsync(shard, now, limit: 1, cancellationToken))
                {
                    oldest = due.DueAt < oldest ? due.DueAt : oldest;
                }
            }

            Volatile.Write(ref _seconds, (now - oldest).TotalSeconds);
        }
        catch (StorageException failure)
        {
            // What was true last stays: an age of 0 would say that all is well.
            Log.NotKnown(_logger, failure.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.FailedUnexpectedly(_logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3601, LogLevel.Debug, "The age of the queue is not known: {Reason}")]
        public static partial void NotKnown(ILogger logger, string reason);

        [LoggerMessage(3602, LogLevel.Error, "Asking for the age of the queue failed unexpectedly and will be tried again.")]
        public static partial void FailedUnexpectedly(ILogger logger, Exception exception);
    }
}
