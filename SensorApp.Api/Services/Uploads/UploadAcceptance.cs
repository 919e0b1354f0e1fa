using System.Diagnostics;
using Microsoft.Extensions.Options;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Uploads;

/// <summary>Records received files as pending; from then on they are never lost. With a free slot, this replica starts at once.</summary>
public sealed partial class UploadAcceptance(
    IMetadataStore metadata, WorkSlots slots, WorkRunner runner, WorkSignal signal, IOptions<WorkOptions> options, TimeProvider clock,
    ILogger<UploadAcceptance> logger)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _lastUploadTime;

    /// <exception cref="StorageException">It is not known to be recorded, and must not be acknowledged.</exception>
    public async Task<FileRecord> AcceptAsync(ReceivedFile received, UploadOptions uploadOptions, CancellationToken cancellationToken)
    {
        var slot = slots.TryTake(received.Size);
        var lease = slot is null ? null : Lease.New(clock, options.Value.LeaseTime);
        var record = RecordOf(received, uploadOptions, lease);

        try
        {
            if (received.Heartbeat is { } heartbeat)
            {
                await heartbeat.DisposeAsync();
                record = await FinishIntentAsync(record, lease, cancellationToken);
            }
            else
            {
                await metadata.AddAsync(record, cancellationToken);
            }
        }
        catch
        {
            slot?.Dispose();
            received.Kept?.Dispose();
            throw;
        }

        Log.Accepted(logger, record.FileId, record.Filename, record.Size);
        Begin(record, lease, slot, received.Kept);
        return record;
    }

    private void Begin(FileRecord record, Lease? lease, WorkSlot? slot, KeptFile? kept)
    {
        if (slot is not null && lease is not null)
        {
            runner.Start(record, lease, kept, slot);
            return;
        }

        kept?.Dispose();
        signal.Set();
    }

    private FileRecord RecordOf(ReceivedFile received, UploadOptions uploadOptions, Lease? lease)
    {
        var now = NextUploadTime();
        return new FileRecord
        {
            FileId = received.FileId,
            Status = FileStatus.Pending,
            Filename = received.Filename,
            ContentType = received.ContentType,
            Size = received.Size,
            Sha256 = received.Sha256,
            UploadTime = now,
            BlobKey = BlobKeys.Upload(received.FileId),
            TimeZone = uploadOptions.TimeZone,
            MaxInvalid = uploadOptions.MaxInvalid,
            TraceContext = Activity.Current?.Id,
            LeaseId = lease?.Id,
            LeaseUntil = lease?.Until,
            LeaseIds = lease is null ? [] : [lease.Id],
            DueAt = lease?.Until ?? now,
        };
    }

    private async Task<FileRecord> FinishIntentAsync(FileRecord record, Lease? lease, CancellationToken cancellationToken)
    {
        var pending = await metadata.TryChangeAsync(
            new FileChange(record.FileId)
            {
                WhenStatus = [FileStatus.Uploading],
                Status = FileStatus.Pending,
                UploadTime = record.UploadTime,
                Size = record.Size,
                Sha256 = record.Sha256,
                TimeZone = record.TimeZone,
                MaxInvalid = record.MaxInvalid,
                NewLeaseId = lease?.Id,
                LeaseUntil = lease?.Until,
                DueAt = record.DueAt,
                Clear = [FileField.Heartbeat, FileField.Multipart],
            },
            cancellationToken);
        return pending ?? throw new MetadataStorageException($"Upload {record.FileId} was swept as stopped before it could be accepted.");
    }

    /// <summary>Strictly growing in this process, so that files uploaded at the same moment still have an order.</summary>
    private DateTimeOffset NextUploadTime()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            _lastUploadTime = now > _lastUploadTime ? now : _lastUploadTime.AddTicks(1);
            return _lastUploadTime;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Information, "File {FileId} ({Filename}, {Size} bytes) is accepted.")]
        public static partial void Accepted(ILogger logger, string fileId, string filename, long size);
    }
}
