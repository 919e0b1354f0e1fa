using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SensorApp.Api.Services.Sweeping;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;
using SensorApp.ServiceDefaults.Logging;

namespace SensorApp.Api.Services.Uploads;

/// <summary>Makes the bytes of an upload durable, in bounded memory.</summary>
public sealed partial class UploadReceiver(
    IBlobStore blobs, IMetadataStore metadata, UploadBuffers buffers, Removals removals, IOptions<SweepOptions> sweep, TimeProvider clock,
    ILogger<UploadReceiver> logger)
{
    /// <summary>Reads the body to its end. If it throws, nothing of the file stays, or only what the sweep removes.</summary>
    /// <param name="filename">The name to be shown.</param>
    /// <param name="contentType">As the client sent it.</param>
    /// <param name="body">The bytes; it stays its owner's.</param>
    /// <param name="keepAtMost">The memory, in bytes, that the file may take when it is kept for its worker; 0: it is not kept.</param>
    /// <param name="cancellationToken">Gives the upload up.</param>
    /// <exception cref="UploadRefusedException">The file is empty or too large.</exception>
    /// <exception cref="StorageException">The cloud failed.</exception>
    public async Task<ReceivedFile> ReceiveAsync(string filename, string? contentType, Stream body, long keepAtMost, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        var traceContext = Activity.Current?.Id;
        var fileId = FileIds.New(clock);
        using var activity = FileTracing.Start("upload", fileId)?.SetTag(FileTracing.FileName, filename);
        using var scope = logger.BeginFileScope(fileId);
        var key = BlobKeys.Upload(fileId);
        UploadHeartbeat? heartbeat = null;
        var segment = await buffers.FirstSegments.ReserveAsync(SegmentBuffer.SegmentBytes, cancellationToken);
        await using var writer = new BlobWriter(blobs, key, buffers.PartBytes, buffers.Parts, async (partsId, token) =>
        {
            await metadata.AddAsync(IntentRecord(fileId, filename, contentType, partsId) with { TraceContext = traceContext }, token);
            heartbeat = new UploadHeartbeat(metadata, fileId, sweep.Value, clock, logger);
        });

        try
        {
            var sha256 = await CopyAsync(new CountedStream(body, buffers.MaxFileBytes), writer, cancellationToken);
            await StoreAsync(writer, fileId, sha256, cancellationToken);
            var size = writer.Length;
            activity?.SetTag(FileTracing.FileSize, size);
            var kept = Keep(writer, segment, keepAtMost);

            if (kept is null)
            {
                segment.Dispose();
            }

            return new ReceivedFile
            {
                FileId = fileId,
                Filename = filename,
                ContentType = contentType,
                Size = size,
                Sha256 = sha256,
                ReceivingTime = clock.GetElapsedTime(startedAt),
                Heartbeat = heartbeat,
                Kept = kept,
            };
        }
        catch (Exception failure)
        {
            activity.Fail(failure);
            segment.Dispose();
            var discarding = TryDiscardAsync(fileId, heartbeat, writer.PartsId);

            // While the store is away its client is told so now, and not after one more round of retries.
            if (failure is not StorageException)
            {
                await discarding;
            }

            throw;
        }
    }

    /// <summary>Removes received files that are not to be accepted; what cannot be removed now is left to the sweep. Never throws.</summary>
    public async Task DiscardAsync(IReadOnlyCollection<ReceivedFile> files)
    {
        // Memory first: others may wait for it, and a store that is away holds up each removal for as long as it is tried again.
        foreach (var file in files)
        {
            file.Kept?.Dispose();
        }

        await Task.WhenAll(files.Select(file => file.Heartbeat).OfType<UploadHeartbeat>().Select(heartbeat => heartbeat.DisposeAsync().AsTask()));
        string[] whole = [.. files.Where(file => file.Heartbeat is null).Select(file => file.FileId)];

        if (whole.Length > 0)
        {
            await TryRemoveAsync(whole, () => blobs.DeleteAsync([.. whole.Select(BlobKeys.Upload)], CancellationToken.None));
        }

        foreach (var file in files.Where(file => file.Heartbeat is not null))
        {
            await TryDiscardAsync(file.FileId, file.Heartbeat, partsId: null);
        }
    }

    /// <summary>Leaves a received file to the sweep: whether it is recorded is not known.</summary>
    public static async Task LeaveAsync(ReceivedFile file)
    {
        file.Kept?.Dispose();

        if (file.Heartbeat is { } heartbeat)
        {
            await heartbeat.DisposeAsync();
        }
    }

    /// <summary>The record of an upload under way, which the sweep removes should it stop.</summary>
    public FileRecord IntentRecord(string fileId, string filename, string? contentType, string? partsId)
    {
        var now = clock.GetUtcNow();
        return new FileRecord
        {
            FileId = fileId,
            Status = FileStatus.Uploading,
            Filename = filename,
            ContentType = contentType,
            UploadTime = now,
            Heartbeat = now,
            DueAt = now + sweep.Value.UploadStaleAfter,
            BlobKey = BlobKeys.Upload(fileId),
            MultipartId = partsId,
        };
    }

    private async Task<string> CopyAsync(Stream body, BlobWriter writer, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        while (true)
        {
            var room = await writer.GetMemoryAsync(cancellationToken);
            var count = await body.ReadAsync(room, cancellationToken);

            if (count == 0)
            {
                break;
            }

            hash.AppendData(room.Span[..count]);
            writer.Advance(count);
        }

        return writer.Length > 0
            ? Convert.ToHexStringLower(hash.GetHashAndReset())
            : throw UploadRefusedException.Empty();
    }

    private static async Task StoreAsync(BlobWriter writer, string fileId, string sha256, CancellationToken cancellationToken)
    {
        using var activity = FileTracing.Start("store", fileId);
        await writer.CompleteAsync(sha256, cancellationToken);
    }

    private KeptFile? Keep(BlobWriter writer, ByteReservation segment, long atMost)
    {
        if (writer.Length > SegmentBuffer.SegmentBytes || SegmentBuffer.BytesTaken(writer.Length) > atMost || !buffers.FirstSegments.IsAmple)
        {
            return null;
        }

        var kept = new KeptFile(writer.Take(), segment);
        segment.ShrinkTo(kept.Bytes);
        return kept;
    }

    private Task TryDiscardAsync(string fileId, UploadHeartbeat? heartbeat, string? partsId) => TryRemoveAsync([fileId], async () =>
    {
        var key = BlobKeys.Upload(fileId);

        if (heartbeat is not null)
        {
            await heartbeat.DisposeAsync();
            await removals.AbandonAsync(fileId, CancellationToken.None);
        }
        else if (partsId is not null)
        {
            await blobs.AbortPartsAsync(key, partsId, CancellationToken.None);
        }
        else
        {
            await blobs.DeleteAsync([key], CancellationToken.None);
        }
    });

    /// <summary>Never throws: a request's outcome must not depend on whether its leftovers could be cleared.</summary>
    private async Task TryRemoveAsync(string[] fileIds, Func<Task> removeAsync)
    {
        try
        {
            await removeAsync();
        }
        catch (StorageException failure)
        {
            Log.LeftToTheSweep(logger, fileIds[0], fileIds.Length, failure.Message);
        }
        catch (Exception failure)
        {
            Log.LeftUnexpectedly(logger, fileIds[0], fileIds.Length, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2101, LogLevel.Warning, "What was sent of upload {FileId}, the first of {Count}, could not be removed and is left to the sweep: {Reason}")]
        public static partial void LeftToTheSweep(ILogger logger, string fileId, int count, string reason);

        [LoggerMessage(2102, LogLevel.Error, "What was sent of upload {FileId}, the first of {Count}, is left to the sweep, for removing it failed unexpectedly.")]
        public static partial void LeftUnexpectedly(ILogger logger, string fileId, int count, Exception failure);
    }
}
