using System.Diagnostics;
using Microsoft.Extensions.Options;
using SensorApp.Api.Processing;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Storage;
using SensorApp.ServiceDefaults.Logging;

namespace SensorApp.Api.Services.Work;

/// <summary>Brings one leased file to its end, or gives it back.</summary>
public sealed partial class FileWorker(
    ProcessingGraph graph, IBlobStore blobs, IMetadataStore metadata, Claims claims, ResultPublisher publisher, RunningFiles running,
    IOptions<WorkOptions> options, TimeProvider clock, ILogger<FileWorker> logger)
{
    private readonly WorkOptions _options = options.Value;

    /// <summary>Never throws: whatever happens becomes a status, a file given back, or a lease that runs out.</summary>
    /// <param name="file">The record as it was when the lease was taken.</param>
    /// <param name="lease">The lease held.</param>
    /// <param name="kept">The file's bytes where they were kept since the upload.</param>
    /// <param name="stopping">The process is told to end now: the file is given back.</param>
    public async Task RunAsync(FileRecord file, Lease lease, KeptFile? kept, CancellationToken stopping)
    {
        using var activity = FileTracing.Resume("process file", ActivityKind.Consumer, file.FileId, file.TraceContext).Describe(file);
        using var scope = logger.BeginFileScope(file.FileId);
        var startedAt = clock.GetTimestamp();
        var startedTime = clock.GetUtcNow();

        try
        {
            await using var keeper = new LeaseKeeper(metadata, file.FileId, lease, startedTime, _options, clock, logger);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(keeper.Lost, stopping);
            running.Add(file.FileId, keeper);

            try
            {
                await graph.RunAsync(JobFor(file, lease, startedTime, kept, keeper, activity), ending.Token);
                End(AttemptOutcome.Finished);
            }
            catch (Exception failure)
            {
                var outcome = OutcomeOf(failure, keeper, stopping);
                activity.Fail(failure);
                End(outcome);
                await EndAsync(outcome, file, lease, keeper, failure, stopping);
            }
            finally
            {
                running.Remove(file.FileId, keeper);
            }
        }
        catch (Exception failure)
        {
            Log.Unexpected(logger, failure, file.FileId);
        }

        void End(AttemptOutcome outcome)
        {
            activity.TellOutcome(outcome);
            FileMetrics.AttemptEnded(outcome, clock.GetElapsedTime(startedAt));
        }
    }

    private static AttemptOutcome OutcomeOf(Exception failure, LeaseKeeper keeper, CancellationToken stopping) => failure switch
    {
        _ when keeper.IsAbandoned => AttemptOutcome.Cancelled,
        LeaseLostException => AttemptOutcome.LeaseLost,
        _ when keeper.IsTaken => AttemptOutcome.LeaseLost,
        _ when stopping.IsCancellationRequested => AttemptOutcome.GivenBack,
        // No fault of the file: the table was away so long that the lease ran out, a store failed, or a wait was cancelled.
        _ when keeper.Lost.IsCancellationRequested => AttemptOutcome.GivenBack,
        StorageException { IsTransient: true } or OperationCanceledException => AttemptOutcome.GivenBack,
        _ => AttemptOutcome.Failed,
    };

    private FileJob JobFor(FileRecord file, Lease lease, DateTimeOffset startedTime, KeptFile? kept, LeaseKeeper keeper, Activity? activity) => new()
    {
        FileId = file.FileId,
        Options = UploadOptions.ReadingOptionsOf(file),
        OpenAsync = token => kept?.TryOpen() is { } bytes ? Task.FromResult(bytes) : blobs.OpenAsync(file.BlobKey, token),
        PersistAsync = (result, token) =>
        {
            activity.TellResult(result);
            return publisher.PublishAsync(file, lease, startedTime, result, token);
        },
        OnProgress = keeper.Report,
    };

    private Task EndAsync(AttemptOutcome outcome, FileRecord file, Lease lease, LeaseKeeper keeper, Exception failure, CancellationToken stopping)
    {
        if (outcome is AttemptOutcome.LeaseLost or AttemptOutcome.Cancelled)
        {
            Log.LeaseLost(logger, file.FileId);
            return Task.CompletedTask;
        }

        if (stopping.IsCancellationRequested)
        {
            return TryGiveBackAsync(() => claims.DeferAsync(file, lease, "this replica is stopping", TimeSpan.Zero, CancellationToken.None));
        }

        if (outcome == AttemptOutcome.GivenBack)
        {
            var reason = keeper.Lost.IsCancellationRequested ? "its lease could not be renewed in time" : failure.Message;
            return GiveBackAsync(token => claims.DeferAsync(file, lease, reason, _options.DelayAfter(file.Deferrals), token), keeper, stopping);
        }

        Log.Failed(logger, failure, file.FileId);
        return GiveBackAsync(token => claims.CountFailureAsync(file, lease, failure.Message, token), keeper, stopping);
    }

    /// <summary>
    /// Tries until it is done, also when the lease has run out: nobody may have taken it yet, and a file that is not given back
    /// looks as if it had crashed the process.
    /// </summary>
    private async Task GiveBackAsync(Func<CancellationToken, Task> giveBackAsync, LeaseKeeper keeper, CancellationToken stopping)
    {
        while (!keeper.IsTaken && !await TryGiveBackAsync(() => giveBackAsync(stopping)))
        {
            await Task.Delay(_options.RenewCallLimit, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            if (stopping.IsCancellationRequested)
            {
                await TryGiveBackAsync(() => giveBackAsync(CancellationToken.None));
                return;
            }
        }
    }

    private async Task<bool> TryGiveBackAsync(Func<Task> giveBackAsync)
    {
        try
        {
            await giveBackAsync();
            return true;
        }
        catch (Exception failure) when (failure is StorageException or OperationCanceledException)
        {
            Log.NotGivenBack(logger, failure.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3301, LogLevel.Warning, "Work on file {FileId} ended without a result: its lease is lost.")]
        public static partial void LeaseLost(ILogger logger, string fileId);

        [LoggerMessage(3302, LogLevel.Error, "Work on file {FileId} failed.")]
        public static partial void Failed(ILogger logger, Exception exception, string fileId);

        [LoggerMessage(3303, LogLevel.Warning, "A file could not be given back: {Reason}")]
        public static partial void NotGivenBack(ILogger logger, string reason);

        [LoggerMessage(3304, LogLevel.Critical, "Work on file {FileId} ended unexpectedly; it is tried again when its lease runs out.")]
        public static partial void Unexpected(ILogger logger, Exception exception, string fileId);
    }
}
