using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Uploads;

/// <summary>The files of one upload request: received one after the other, accepted together at its end.</summary>
public sealed class UploadSession(UploadReceiver receiver, UploadBuffers buffers, UploadAcceptance acceptance, RepeatedUploads repeated)
{
    // Records written at once by one request: enough to hide the table's latency, few enough to leave room for others.
    private const int ParallelAcceptance = 8;

    // Both halves of a media type have 127 characters at most (RFC 6838, section 4.2).
    private const int LongestContentType = 255;

    private readonly List<Entry> _entries = [];
    private long _keptBytes;

    /// <summary>Makes one file durable. What is wrong with one file is remembered and does not stop the others; an outage stops them all.</summary>
    public async Task ReceiveAsync(string filename, string? contentType, Stream body, CancellationToken cancellationToken)
    {
        var entry = new Entry(filename);
        _entries.Add(entry);

        try
        {
            entry.Received = await receiver.ReceiveAsync(filename, contentType?.Length <= LongestContentType ? contentType : null, body, buffers.KeptBytesPerRequest - _keptBytes, cancellationToken);
            _keptBytes += entry.Received.Kept?.Bytes ?? 0;
            FileMetrics.FileReceived(entry.Received.ReceivingTime);
        }
        catch (UploadRefusedException refusal)
        {
            entry.Refusal = refusal;
        }
    }

    /// <summary>Accepts what was received. It cannot be cancelled: whether a file is recorded must not depend on a client hanging up.</summary>
    public async Task<IReadOnlyList<UploadOutcome>> AcceptAsync(UploadOptions options, RepeatPolicy policy)
    {
        if (policy is not { IdempotencyKey: null, Deduplicate: false })
        {
            await AcceptRepeatedAsync(options, policy);
        }
        else if (_entries is [var single])
        {
            await AcceptAsync(single, options);
        }
        else
        {
            await Parallel.ForEachAsync(_entries, new ParallelOptions { MaxDegreeOfParallelism = ParallelAcceptance }, (entry, _) => AcceptAsync(entry, options));
        }

        return [.. _entries.Select(entry => new UploadOutcome(entry.Filename, entry.Accepted, entry.Refusal, entry.Failure))];
    }

    /// <summary>The request failed as a whole: nothing of it stays, but what may have been recorded.</summary>
    public Task DiscardAsync() =>
        receiver.DiscardAsync([.. _entries.Where(entry => !entry.MayBeRecorded).Select(entry => entry.Received).OfType<ReceivedFile>()]);

    private async ValueTask AcceptAsync(Entry entry, UploadOptions options)
    {
        if (entry.Received is null)
        {
            return;
        }

        try
        {
            var record = await acceptance.AcceptAsync(entry.Received, options, CancellationToken.None);
            entry.Accepted = new AcceptedFile(record.FileId, record.Status);
        }
        catch (Exception failure)
        {
            await LeaveAsync([entry], failure);

            if (failure is not StorageException)
            {
                throw;
            }
        }
    }

    private async Task AcceptRepeatedAsync(UploadOptions options, RepeatPolicy policy)
    {
        var entries = _entries.Where(entry => entry.Received is not null).ToList();
        var files = entries.Select(entry => entry.Received).OfType<ReceivedFile>().ToList();

        try
        {
            var accepted = await repeated.AcceptAsync(files, options, policy, CancellationToken.None);

            foreach (var (entry, file) in entries.Zip(accepted))
            {
                entry.Accepted = file;
            }
        }
        catch (Exception failure) when (failure is not UploadRefusedException)
        {
            await LeaveAsync(entries, failure);

            if (failure is not StorageException)
            {
                throw;
            }
        }
    }

    /// <summary>Perhaps the files are recorded and only the answer was lost: so their bytes stay, and the sweep decides.</summary>
    private static async Task LeaveAsync(IReadOnlyList<Entry> entries, Exception failure)
    {
        foreach (var entry in entries)
        {
            entry.IsLeft = true;
            entry.Failure = failure as StorageException;
        }

        await Task.WhenAll(entries.Select(entry => entry.Received).OfType<ReceivedFile>().Select(UploadReceiver.LeaveAsync));
    }

    private sealed class Entry(string filename)
    {
        public string Filename { get; } = filename;

        public ReceivedFile? Received { get; set; }

        public AcceptedFile? Accepted { get; set; }

        public UploadRefusedException? Refusal { get; set; }

        public StorageException? Failure { get; set; }

        /// <summary>Whether recording it failed in any way; the failure is set too where it was the store's.</summary>
        public bool IsLeft { get; set; }

        public bool MayBeRecorded => IsLeft || Accepted is not null;
    }
}

/// <summary>What became of one file of an upload: exactly one of the three is set.</summary>
public sealed record UploadOutcome(string Filename, AcceptedFile? Accepted, UploadRefusedException? Refusal, StorageException? Failure);
