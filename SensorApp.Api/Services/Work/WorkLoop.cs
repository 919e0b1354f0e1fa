using Microsoft.Extensions.Options;
using SensorApp.Api.Services.Cloud;
using SensorApp.Api.Services.Sweeping;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Work;

/// <summary>Looks for due files whenever there is a free slot: at once while there is work, else every few seconds.</summary>
public sealed partial class WorkLoop(
    IMetadataStore metadata, Claims claims, WorkRunner runner, WorkSlots slots, Removals removals, WorkSignal signal, CloudHealth health,
    IOptions<WorkOptions> options, TimeProvider clock, ILogger<WorkLoop> logger) : BackgroundService
{
    // So many due files are looked at; the one taken is picked at random, so that replicas do not race for the same.
    private const int PageSize = 25;

    private readonly WorkOptions _options = options.Value;
    private readonly LeaseWatch _watch = new(options.Value.LongestSilence, clock);
    private TimeSpan _pause = options.Value.LookEvery;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await slots.WhenFreeAsync(stoppingToken);

                if (await TryLookAsync(stoppingToken))
                {
                    _pause = _options.LookEvery;
                }
                else
                {
                    await RestAsync(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task<bool> TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(cancellationToken);
        }
        catch (StorageException failure)
        {
            health.Report(failure);
            _watch.Forget();
            Log.LookFailed(logger, failure.Message);
            return false;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Uploads and the work under way go on without this loop; the host would end them all.
            _watch.Forget();
            Log.LookFailedUnexpectedly(logger, failure);
            return false;
        }
    }

    /// <summary>Looks through the shards, in random order, until one has work.</summary>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        using var activity = FileTracing.StartUnrecorded("look for work");
        var shards = Enumerable.Range(0, DueFile.Shards).ToArray();
        Random.Shared.Shuffle(shards);

        foreach (var shard in shards)
        {
            var due = await metadata.FindDueAsync(shard, clock.GetUtcNow(), PageSize, cancellationToken);
            var free = _watch.FindFree(shard, due);
            Random.Shared.Shuffle(free);

            if (await TakeAsync(free, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Takes as many files of a page as there are free slots, at the same time: a look and a wait a file would cost more than the
    /// work on a small one. A suspect is taken by itself.
    /// </summary>
    private async Task<bool> TakeAsync(DueFile[] free, CancellationToken cancellationToken)
    {
        if (free is [var first, ..] && IsSuspect(first) && await TryTakeAsync(first, cancellationToken))
        {
            return true;
        }

        var taken = await Task.WhenAll(free.Where(file => !IsSuspect(file)).Select(file => TryTakeAsync(file, cancellationToken)));
        return taken.Contains(true);
    }

    /// <summary>Whoever was at work when a process died, or has failed before, runs alone: a poison file must not burn its neighbours' attempts.</summary>
    private static bool IsSuspect(DueFile due) => due.Status.IsVisible() && (due.LeaseId is not null || due.Attempts > 0);

    private async Task<bool> TryTakeAsync(DueFile due, CancellationToken cancellationToken)
    {
        if (!due.Status.IsVisible())
        {
            return await removals.TryContinueAsync(due, cancellationToken);
        }

        var slot = IsSuspect(due) ? await slots.TakeAllAsync(cancellationToken) : slots.TryTake(due.Size);

        if (slot is null)
        {
            return false;
        }

        if (await ClaimAsync(due, slot, cancellationToken) is not { } claimed)
        {
            return false;
        }

        runner.Start(claimed.File, claimed.Lease, kept: null, slot);
        return true;
    }

    private async Task<(FileRecord File, Lease Lease)?> ClaimAsync(DueFile due, WorkSlot slot, CancellationToken cancellationToken)
    {
        (FileRecord, Lease)? claimed = null;

        try
        {
            claimed = await claims.TryClaimAsync(due, cancellationToken);
            return claimed;
        }
        finally
        {
            if (claimed is null)
            {
                slot.Dispose();
            }
        }
    }

    private async Task RestAsync(CancellationToken cancellationToken)
    {
        _pause = _watch.IsWatching ? _options.LookEvery : _pause;
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var jittered = _pause * (0.75 + (Random.Shared.NextDouble() / 2));
        var pause = Task.Delay(jittered, clock, woken.Token);

        if (await Task.WhenAny(pause, signal.WaitAsync(woken.Token)) == pause)
        {
            _pause = _pause * 1.5 < _options.LookEverySlow ? _pause * 1.5 : _options.LookEverySlow;
        }

        await woken.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static partial class Log
    {
        [LoggerMessage(3501, LogLevel.Warning, "Looking for work failed and will be tried again: {Reason}")]
        public static partial void LookFailed(ILogger logger, string reason);

        [LoggerMessage(3502, LogLevel.Error, "Looking for work failed unexpectedly and will be tried again.")]
        public static partial void LookFailedUnexpectedly(ILogger logger, Exception exception);
    }
}
