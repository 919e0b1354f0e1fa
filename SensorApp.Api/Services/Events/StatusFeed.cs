using System.Collections.Concurrent;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Events;

/// <summary>
/// Tells whoever watches a file when it changes, on any replica: what happens here is told at once, the rest is read from the
/// table once a second for all watchers together.
/// </summary>
public sealed partial class StatusFeed(IMetadataStore metadata, RunningFiles running, TimeProvider clock, ILogger<StatusFeed> logger) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<StatusWatch, bool> _watches = new();

    /// <summary>Watches files from their given state on. Dispose the watch when nobody listens any more.</summary>
    public StatusWatch Watch(IEnumerable<FileRecord> files)
    {
        var watch = new StatusWatch(files, ended => _watches.TryRemove(ended, out _));
        _watches[watch] = true;
        return watch;
    }

    /// <summary>A file changed here.</summary>
    public void Publish(FileRecord file)
    {
        foreach (var watch in _watches.Keys)
        {
            watch.Offer(file);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(ReadEvery, clock);

        try
        {
            while (await ticks.WaitForNextTickAsync(stoppingToken))
            {
                await TryReadAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task TryReadAsync(CancellationToken cancellationToken)
    {
        using var activity = FileTracing.StartUnrecorded("watch files");

        try
        {
            foreach (var fileIds in _watches.Keys.SelectMany(watch => watch.Unfinished).Distinct().Chunk(Batch))
            {
                var found = (await metadata.FindManyAsync(fileIds, cancellationToken)).ToDictionary(file => file.FileId, StringComparer.Ordinal);

                foreach (var fileId in fileIds)
                {
                    Tell(fileId, found.GetValueOrDefault(fileId));
                }
            }
        }
        catch (StorageException failure)
        {
            Log.ReadFailed(logger, failure.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.ReadFailedUnexpectedly(logger, failure);
        }
    }

    private void Tell(string fileId, FileRecord? file)
    {
        if (file is null || !file.Status.IsVisible())
        {
            foreach (var watch in _watches.Keys)
            {
                watch.OfferGone(fileId);
            }

            return;
        }

        Publish(running.TryGetProgress(fileId, out var progress) ? file with { Progress = progress } : file);
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Warning, "Watched files could not be read and will be tried again: {Reason}")]
        public static partial void ReadFailed(ILogger logger, string reason);

        [LoggerMessage(6002, LogLevel.Error, "Watched files could not be read, unexpectedly, and will be tried again.")]
        public static partial void ReadFailedUnexpectedly(ILogger logger, Exception exception);
    }
}
