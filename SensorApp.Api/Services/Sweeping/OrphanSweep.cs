using Microsoft.Extensions.Options;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Sweeping;

/// <summary>Looks through the bucket for what no record leads to, and removes what is old enough to be sure of.</summary>
public sealed class OrphanSweep(IBlobStore blobs, IMetadataStore metadata, IOptions<SweepOptions> options, TimeProvider clock)
{
    // As many records as the store reads in one call.
    private const int Batch = 100;

    public async Task<SweepReport> RunAsync(CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow() - options.Value.OrphanAge;
        var uploads = await SweepBlobsAsync(blobs.ListAsync(BlobKeys.Uploads, cancellationToken).Where(blob => IsOldUpload(blob, oldest)), cancellationToken);
        var documents = await SweepBlobsAsync(blobs.ListAsync(BlobKeys.Results, cancellationToken).Where(blob => blob.Modified < oldest), cancellationToken);
        return new SweepReport(uploads, documents, await SweepUnfinishedAsync(oldest, cancellationToken));
    }

    /// <summary>The id of an upload tells its age by the clock of a replica; the time of change by the store's. Both must agree that it is old.</summary>
    private static bool IsOldUpload(BlobEntry blob, DateTimeOffset oldest) =>
        BlobKeys.FileIdOf(blob.Key) is { } fileId && FileIds.TimeOf(fileId) < oldest && blob.Modified < oldest;

    private async Task<int> SweepBlobsAsync(IAsyncEnumerable<BlobEntry> old, CancellationToken cancellationToken)
    {
        var removed = 0;

        await foreach (var batch in old.Select(blob => blob.Key).Chunk(Batch).WithCancellation(cancellationToken))
        {
            var records = await RecordsOfAsync(batch, cancellationToken);
            var orphans = batch.Where(key => !IsLedTo(key, records)).ToList();
            await blobs.DeleteAsync(orphans, cancellationToken);
            removed += orphans.Count;
        }

        return removed;
    }

    private async Task<int> SweepUnfinishedAsync(DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        var removed = 0;
        var old = blobs.ListUnfinishedAsync(prefix: "", cancellationToken).Where(unfinished => unfinished.Started < oldest);

        await foreach (var batch in old.Chunk(Batch).WithCancellation(cancellationToken))
        {
            var records = await RecordsOfAsync(batch.Select(unfinished => unfinished.Key), cancellationToken);

            foreach (var unfinished in batch.Where(unfinished => !IsContinued(unfinished.Key, records)))
            {
                await blobs.AbortPartsAsync(unfinished.Key, unfinished.UploadId, cancellationToken);
                removed++;
            }
        }

        return removed;
    }

    private async Task<IReadOnlyDictionary<string, FileRecord>> RecordsOfAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var fileIds = keys.Select(BlobKeys.FileIdOf).OfType<string>().Distinct().ToList();
        var records = await metadata.FindManyAsync(fileIds, cancellationToken);
        return records.ToDictionary(record => record.FileId, StringComparer.Ordinal);
    }

    /// <summary>An upload is led to by its record; a document, by a record whose lease in force, or publishing lease, is the one that wrote it.</summary>
    private static bool IsLedTo(string key, IReadOnlyDictionary<string, FileRecord> records) =>
        BlobKeys.FileIdOf(key) is not { } fileId
        || (records.TryGetValue(fileId, out var record) && (BlobKeys.LeaseIdOf(key) is not { } leaseId || record.LeaseId == leaseId));

    private static bool IsContinued(string key, IReadOnlyDictionary<string, FileRecord> records) =>
        IsLedTo(key, records)
        && (BlobKeys.FileIdOf(key) is not { } fileId || BlobKeys.LeaseIdOf(key) is not null || records[fileId].Status == FileStatus.Uploading);
}
