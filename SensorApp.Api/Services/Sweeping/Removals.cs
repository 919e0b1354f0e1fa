using Microsoft.Extensions.Options;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Sweeping;

/// <summary>Removes files in steps that any replica can continue: the record says so first, then the blobs go, then the record.</summary>
public sealed partial class Removals(
    IMetadataStore metadata, IBlobStore blobs, IOptions<SweepOptions> options, TimeProvider clock, ILogger<Removals> logger)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(5);

    /// <summary>Continues what a due record says is to be removed, or begins with an upload that stopped.</summary>
    /// <returns>Whether something was done.</returns>
    public async Task<bool> TryContinueAsync(DueFile due, CancellationToken cancellationToken)
    {
        var isStopped = due.Status == FileStatus.Uploading;
        var file = await metadata.TryChangeAsync(
            new FileChange(due.FileId)
            {
                WhenStatus = [due.Status],
                WhenHeartbeatBefore = isStopped ? clock.GetUtcNow() - options.Value.UploadStaleAfter : null,
                Status = isStopped ? FileStatus.Abandoned : null,
                DueAt = clock.GetUtcNow() + TryAgainAfter,
            },
            cancellationToken);

        if (file is null)
        {
            return false;
        }

        await RemoveAsync(file.FileId, file.BlobKey, file.Status, cancellationToken);
        return true;
    }

    /// <summary>Gives up an upload in parts of this process.</summary>
    public async Task AbandonAsync(string fileId, CancellationToken cancellationToken)
    {
        var file = await metadata.TryChangeAsync(
            new FileChange(fileId) { WhenStatus = [FileStatus.Uploading], Status = FileStatus.Abandoned, DueAt = clock.GetUtcNow() + TryAgainAfter },
            cancellationToken);

        if (file is not null)
        {
            await RemoveAsync(file.FileId, file.BlobKey, file.Status, cancellationToken);
        }
    }

    /// <summary>Removes a file whose record already says so.</summary>
    public async Task RemoveAsync(string fileId, string blobKey, FileStatus status, CancellationToken cancellationToken)
    {
        if (status == FileStatus.Abandoned)
        {
            await foreach (var parts in blobs.ListUnfinishedAsync(blobKey, cancellationToken))
            {
                await blobs.AbortPartsAsync(parts.Key, parts.UploadId, cancellationToken);
            }
        }

        var keys = new List<string> { blobKey };

        await foreach (var document in blobs.ListAsync(BlobKeys.ResultsOf(fileId), cancellationToken))
        {
            keys.Add(document.Key);
        }

        await blobs.DeleteAsync(keys, cancellationToken);
        await metadata.TryRemoveAsync(fileId, status, cancellationToken);
        Log.Removed(logger, fileId, status.ToName());
    }

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Information, "File {FileId} ({Status}) is removed, its blobs with it.")]
        public static partial void Removed(ILogger logger, string fileId, string status);
    }
}
