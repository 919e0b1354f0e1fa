using System.Buffers;
using SensorApp.Api.Processing;
using SensorApp.Api.Processing.Documents;
using SensorApp.Api.Services.Events;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Work;

/// <summary>Makes a result durable and final: the document first, then the record, on condition that the lease is still held.</summary>
public sealed partial class ResultPublisher(IBlobStore blobs, IMetadataStore metadata, StatusFeed feed, TimeProvider clock, ILogger<ResultPublisher> logger)
{
    // Two documents of the largest kind may be on their way at once.
    private readonly ByteBudget _parts = new(4L * BlobLimits.SmallestPart);

    /// <summary>The final status of a file that turned out so.</summary>
    public static FileStatus StatusOf(FileResult result) => result switch
    {
        { Error: not null } => FileStatus.Failed,
        { InvalidRows: > 0 } => FileStatus.Partial,
        _ => FileStatus.Processed,
    };

    /// <summary>Publishes the result of a file that is recorded.</summary>
    /// <param name="file">Its record.</param>
    /// <param name="lease">The lease under which it was worked on.</param>
    /// <param name="startedTime">When the attempt began.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="LeaseLostException">Nothing was published.</exception>
    /// <exception cref="StorageException">It is not known whether something was published; the lease still fences.</exception>
    public async Task PublishAsync(FileRecord file, Lease lease, DateTimeOffset startedTime, FileResult result, CancellationToken cancellationToken)
    {
        var published = await StoreAsync(file, lease, startedTime, result, cancellationToken);

        if (!await metadata.TryFinishAsync(ChangeTo(published, lease), cancellationToken))
        {
            throw new LeaseLostException(file.FileId);
        }

        Log.Published(logger, published.FileId, published.Status.ToName(), result.TotalRows, result.InvalidRows);
        Announce(published, result);
    }

    /// <summary>Stores the document of a result.</summary>
    /// <returns>The record that leads to it, in its final status; it is still to be written.</returns>
    /// <exception cref="StorageException">It is not known whether the document is stored; the sweep removes what nothing leads to.</exception>
    public async Task<FileRecord> StoreAsync(FileRecord file, Lease lease, DateTimeOffset startedTime, FileResult result, CancellationToken cancellationToken)
    {
        var stored = await StoreAsync(file.FileId, lease, result, cancellationToken);
        return file with
        {
            Status = StatusOf(result),
            StartedTime = startedTime,
            ProcessingTime = clock.GetUtcNow(),
            TotalRows = result.TotalRows,
            ValidRows = result.ValidRows,
            InvalidRows = result.InvalidRows,
            ErrorsByReason = result.ErrorsByReason,
            Error = result.Error,
            Results = stored,
            DueAt = null,
            LeaseUntil = null,
            Progress = null,
        };
    }

    /// <summary>Tells those who watch the file, and the metrics, of a result whose record is written.</summary>
    public void Announce(FileRecord published, FileResult result)
    {
        feed.Publish(published);
        FileMetrics.FileFinished(published.Status, published.Size, result);
    }

    private static FileChange ChangeTo(FileRecord published, Lease lease) => new(published.FileId)
    {
        WhenStatus = FileStatuses.Unfinished,
        WhenLeaseId = lease.Id,
        Status = published.Status,
        StartedTime = published.StartedTime,
        ProcessingTime = published.ProcessingTime,
        TotalRows = published.TotalRows,
        ValidRows = published.ValidRows,
        InvalidRows = published.InvalidRows,
        ErrorsByReason = published.ErrorsByReason,
        Error = published.Error,
        Results = published.Results,
        Clear = [FileField.Due, FileField.LeaseUntil, FileField.Progress],
    };

    private async Task<StoredResults> StoreAsync(string fileId, Lease lease, FileResult result, CancellationToken cancellationToken)
    {
        var key = BlobKeys.ResultDocument(fileId, lease.Id);
        await using var writer = new BlobWriter(blobs, key, BlobLimits.SmallestPart, _parts);

        try
        {
            await ResultDocumentWriter.WriteAsync(result, writer, cancellationToken);

            if (writer.Length <= StoredResults.InlineLimit)
            {
                return new StoredResults(writer.Buffered.ToArray(), Key: null);
            }

            await writer.CompleteAsync(sha256: null, cancellationToken);
            return new StoredResults(Inline: null, key);
        }
        catch when (writer.PartsId is not null)
        {
            await TryAbortAsync(key, writer.PartsId);
            throw;
        }
    }

    private async Task TryAbortAsync(string key, string uploadId)
    {
        try
        {
            // The work is over; its own token may be what ended it.
            await blobs.AbortPartsAsync(key, uploadId, CancellationToken.None);
        }
        catch (BlobStorageException failure)
        {
            Log.LeftToTheSweep(logger, key, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3201, LogLevel.Information, "File {FileId} is {Status}: {TotalRows} rows, {InvalidRows} invalid.")]
        public static partial void Published(ILogger logger, string fileId, string status, long totalRows, long invalidRows);

        [LoggerMessage(3202, LogLevel.Warning, "The parts of {Key} could not be removed and are left to the sweep: {Reason}")]
        public static partial void LeftToTheSweep(ILogger logger, string key, string reason);
    }
}
