using SensorApp.Api.Processing;
using SensorApp.Api.Services.Sweeping;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Files;

/// <summary>What became of a request to change a file's fate.</summary>
public enum LifecycleOutcome
{
    Done,
    NotFound,

    /// <summary>It makes no sense in the status that the file has.</summary>
    Conflict,
}

/// <summary>Cancels, reprocesses and deletes files: conditional writes, so any replica can do it while another works on the file.</summary>
public sealed partial class FileLifecycle(
    IMetadataStore metadata, Removals removals, RunningFiles running, WorkSignal signal, TimeProvider clock, ILogger<FileLifecycle> logger)
{
    // If this process dies in mid-delete, another continues after so long.
    private static readonly TimeSpan ContinueAfter = TimeSpan.FromMinutes(2);

    private static readonly IReadOnlyList<FileStatus> Deletable = [FileStatus.Pending, .. FileStatuses.Final];

    /// <summary>Ends a file that is not at its end; whoever works on it loses the lease.</summary>
    public async Task<LifecycleOutcome> CancelAsync(string fileId, CancellationToken cancellationToken)
    {
        var outcome = await ChangeAsync(
            new FileChange(fileId)
            {
                WhenStatus = FileStatuses.Unfinished,
                Status = FileStatus.Failed,
                ProcessingTime = clock.GetUtcNow(),
                Error = new FileError(FileErrorCodes.Cancelled, "Cancelled on request before it was finished."),
                Clear = [FileField.Due, FileField.Lease, FileField.Progress],
            },
            cancellationToken);

        if (outcome == LifecycleOutcome.Done)
        {
            running.Abandon(fileId);
        }

        return outcome;
    }

    /// <summary>Sends a finished file back to the start; its results are gone. Nobody works on it, and whoever begins in this moment is not to be stopped.</summary>
    public async Task<LifecycleOutcome> ReprocessAsync(string fileId, CancellationToken cancellationToken)
    {
        var outcome = await ChangeAsync(
            new FileChange(fileId)
            {
                WhenStatus = FileStatuses.Final,
                Status = FileStatus.Pending,
                Attempts = 0,
                Deferrals = 0,
                DueAt = clock.GetUtcNow(),
                Clear = [FileField.Outcome, FileField.Lease, FileField.Progress, FileField.StartedTime, FileField.LastReason],
            },
            cancellationToken);

        if (outcome == LifecycleOutcome.Done)
        {
            signal.Set();
        }

        return outcome;
    }

    /// <summary>Removes a file for good. Once its record says so it is gone for everybody; blobs that cannot be removed now are removed later.</summary>
    public async Task<LifecycleOutcome> DeleteAsync(string fileId, CancellationToken cancellationToken)
    {
        var outcome = await ChangeAsync(
            new FileChange(fileId)
            {
                WhenStatus = Deletable,
                Status = FileStatus.Deleting,
                DueAt = clock.GetUtcNow() + ContinueAfter,
                Clear = [FileField.Listing, FileField.Lease],
            },
            cancellationToken);

        if (outcome == LifecycleOutcome.Done)
        {
            running.Abandon(fileId);
            await TryRemoveAsync(fileId, cancellationToken);
        }

        return outcome;
    }

    private async Task<LifecycleOutcome> ChangeAsync(FileChange change, CancellationToken cancellationToken)
    {
        if (!FileIds.IsValid(change.FileId))
        {
            return LifecycleOutcome.NotFound;
        }

        if (await metadata.TryChangeAsync(change, cancellationToken) is not null)
        {
            if (change.Status == FileStatus.Failed)
            {
                FileMetrics.FileFinished(FileStatus.Failed);
            }

            return LifecycleOutcome.Done;
        }

        return await metadata.FindAsync(change.FileId, cancellationToken) is { } file && file.Status.IsVisible()
            ? LifecycleOutcome.Conflict
            : LifecycleOutcome.NotFound;
    }

    private async Task TryRemoveAsync(string fileId, CancellationToken cancellationToken)
    {
        try
        {
            await removals.RemoveAsync(fileId, BlobKeys.Upload(fileId), FileStatus.Deleting, cancellationToken);
        }
        catch (StorageException failure)
        {
            Log.RemovedLater(logger, fileId, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2301, LogLevel.Warning, "File {FileId} is deleted; its blobs are removed later: {Reason}")]
        public static partial void RemovedLater(ILogger logger, string fileId, string reason);
    }
}
