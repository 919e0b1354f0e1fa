using System.Diagnostics;
using Microsoft.Extensions.Options;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Uploads;

/// <summary>
/// Records received files; from then on they are never lost. With a free slot, this replica starts at once; a small file is then
/// brought to its end first, and recorded with its results.
/// </summary>
public sealed partial class UploadAcceptance(
    IMetadataStore metadata, WorkSlots slots, EarlyWork earlyWork, ResultPublisher publisher, WorkRunner runner, WorkSignal signal, IOptions<WorkOptions> options, TimeProvider clock,
    ILogger<UploadAcceptance> logger)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _lastUploadTime;

    /// <summary>Records one file.</summary>
    /// <returns>The record as it was accepted: pending, also where the file is at its end already.</returns>
    /// <exception cref="StorageException">It is not known to be recorded, and must not be acknowledged.</exception>
    public async Task<FileRecord> AcceptAsync(ReceivedFile received, UploadOptions uploadOptions, CancellationToken cancellationToken)
    {
        var slot = await ClaimAsync(received, cancellationToken);
        using var prepared = Prepare(received, uploadOptions, slot);

        if (prepared is { Slot: not null, Lease: { } lease } && received is { Heartbeat: null, Kept: { } kept })
        {
            prepared.Early = await earlyWork.TryFinishAsync(prepared.Record, lease, kept);
        }

        using var activity = FileTracing.Start("record", received.FileId);

        if (received.Heartbeat is { } heartbeat)
        {
            await heartbeat.DisposeAsync();

            if (await metadata.TryChangeAsync(ChangeFor(prepared), cancellationToken) is null)
            {
                throw new MetadataStorageException($"Upload {received.FileId} was swept as stopped before it could be accepted.");
            }
        }
        else
        {
            await metadata.AddAsync(prepared.Early?.File ?? prepared.Record, cancellationToken);
        }

        return Begin(prepared);
    }

    /// <summary>Records files and markers together, all or none.</summary>
    /// <returns>The records in their order; null when a marker was there already: the files are as they were, and may be tried again.</returns>
    /// <exception cref="StorageException">It is not known to be recorded, and must not be acknowledged.</exception>
    public async Task<IReadOnlyList<FileRecord>?> TryAcceptAsync(
        IReadOnlyList<ReceivedFile> files, UploadOptions uploadOptions, IReadOnlyList<Marker> markers, CancellationToken cancellationToken)
    {
        var prepared = new List<Prepared>(files.Count);
        using var activity = FileTracing.Start("record", string.Join(' ', files.Select(file => file.FileId)));

        try
        {
            foreach (var file in files)
            {
                prepared.Add(Prepare(file, uploadOptions, slots.TryTake(file.Size)));
            }

            foreach (var heartbeat in files.Select(file => file.Heartbeat).OfType<UploadHeartbeat>())
            {
                await heartbeat.DisposeAsync();
            }

            var added = prepared.Where(file => file.Received.Heartbeat is null).Select(file => file.Record).ToList();
            var changed = prepared.Where(file => file.Received.Heartbeat is not null).Select(ChangeFor).ToList();
            return await metadata.TryAddAsync(added, changed, markers, cancellationToken) ? [.. prepared.Select(Begin)] : null;
        }
        finally
        {
            prepared.ForEach(file => file.Dispose());
        }
    }

    /// <summary>Takes a slot, with which the file is recorded as leased to this replica; null leaves it to whoever is free.</summary>
    private async Task<WorkSlot?> ClaimAsync(ReceivedFile received, CancellationToken cancellationToken)
    {
        using var activity = FileTracing.Start("claim", received.FileId);
        var slot = await slots.TakeAsync(received.Size, options.Value.SlotPatience, options.Value.LongestSlotWait, cancellationToken);
        activity?.SetTag(FileTracing.Outcome, slot is null ? "no_free_slot" : "leased");
        return slot;
    }

    private Prepared Prepare(ReceivedFile received, UploadOptions uploadOptions, WorkSlot? slot)
    {
        var lease = slot is null ? null : Lease.New(clock, options.Value.LeaseTime);
        var now = NextUploadTime();
        var record = new FileRecord
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
        return new Prepared(received, record, lease, slot);
    }

    private static FileChange ChangeFor(Prepared prepared) => new(prepared.Record.FileId)
    {
        WhenStatus = [FileStatus.Uploading],
        Status = FileStatus.Pending,
        UploadTime = prepared.Record.UploadTime,
        Size = prepared.Record.Size,
        Sha256 = prepared.Record.Sha256,
        TimeZone = prepared.Record.TimeZone,
        MaxInvalid = prepared.Record.MaxInvalid,
        NewLeaseId = prepared.Lease?.Id,
        LeaseUntil = prepared.Lease?.Until,
        DueAt = prepared.Record.DueAt,
        Clear = [FileField.Heartbeat, FileField.Multipart],
    };

    private FileRecord Begin(Prepared prepared)
    {
        var record = prepared.Record;
        FileMetrics.FileAccepted(record.Size);

        if (prepared.Early is { } early)
        {
            // One write, one line: each line is kept, shown and sent, and most files are small.
            Log.AcceptedAndFinished(logger, record.FileId, record.Filename, record.Size, early.File.Status.ToName(), early.Result.TotalRows, early.Result.InvalidRows);
            publisher.Announce(early.File, early.Result);
            FileMetrics.AttemptEnded(AttemptOutcome.Finished, early.Time);
        }
        else
        {
            Log.Accepted(logger, record.FileId, record.Filename, record.Size);
            LeaveToWork(prepared);
        }

        if (!prepared.IsHandedOver)
        {
            prepared.Received.Kept?.Dispose();
        }

        return record;
    }

    private void LeaveToWork(Prepared prepared)
    {
        if (prepared is { Slot: { } slot, Lease: { } lease })
        {
            // Before it starts: it frees both at its end, whatever becomes of this request.
            prepared.HandOver();
            runner.Start(prepared.Record, lease, prepared.Received.Kept, slot);
        }
        else
        {
            signal.Set();
        }
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

    /// <summary>A file about to be recorded. Frees its slot unless it was handed to the work. The kept bytes stay with the received file: it may be tried again.</summary>
    private sealed class Prepared(ReceivedFile received, FileRecord record, Lease? lease, WorkSlot? slot) : IDisposable
    {
        public ReceivedFile Received => received;

        public FileRecord Record => record;

        public Lease? Lease => lease;

        public WorkSlot? Slot => slot;

        /// <summary>Null where the file is still to be worked on.</summary>
        public EarlyResult? Early { get; set; }

        /// <summary>Whether slot and kept bytes are the work's now.</summary>
        public bool IsHandedOver { get; private set; }

        public void HandOver() => IsHandedOver = true;

        public void Dispose()
        {
            if (!IsHandedOver)
            {
                slot?.Dispose();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Information, "File {FileId} ({Filename}, {Size} bytes) is accepted.")]
        public static partial void Accepted(ILogger logger, string fileId, string filename, long size);

        [LoggerMessage(2202, LogLevel.Information, "File {FileId} ({Filename}, {Size} bytes) is accepted and {Status}: {TotalRows} rows, {InvalidRows} invalid.")]
        public static partial void AcceptedAndFinished(ILogger logger, string fileId, string filename, long size, string status, long totalRows, long invalidRows);
    }
}
