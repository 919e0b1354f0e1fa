using SensorApp.Api.Processing;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Work;

/// <summary>
/// Keeps one lease while its file is at work: renews it, writes progress with it, and says when it is lost. Renewals that fail
/// are tried again until the deadline, which is this process's own and monotonic: no clock of another machine matters.
/// </summary>
public sealed partial class LeaseKeeper : IAsyncDisposable
{
    private readonly IMetadataStore _metadata;
    private readonly string _fileId;
    private readonly Lease _lease;
    private readonly DateTimeOffset _startedTime;
    private readonly WorkOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _done = new();
    private readonly PeriodicTimer _ticks;
    private readonly Lock _lock = new();
    private readonly Task _keeping;
    private FileProgress _progress;
    private volatile bool _isTaken;

    public LeaseKeeper(IMetadataStore metadata, string fileId, Lease lease, DateTimeOffset startedTime, WorkOptions options, TimeProvider clock, ILogger logger)
    {
        (_metadata, _fileId, _lease, _startedTime, _options, _clock, _logger) = (metadata, fileId, lease, startedTime, options, clock, logger);
        _lost = new CancellationTokenSource(TimeLeft(lease.TakenAt), clock);
        _ticks = new PeriodicTimer(options.ProgressEvery, clock);
        _keeping = KeepAsync();
    }

    /// <summary>Cancelled when the lease is lost, or could not be renewed in time.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>True once the file is known to be somebody else's, cancelled or deleted; false while only time has run out.</summary>
    public bool IsTaken => _isTaken;

    /// <summary>The lease is lost because somebody here took the file away on purpose.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>How far the work is.</summary>
    public FileProgress Progress
    {
        get
        {
            lock (_lock)
            {
                return _progress;
            }
        }
    }

    public void Report(FileProgress progress)
    {
        lock (_lock)
        {
            _progress = progress;
        }
    }

    /// <summary>The file was cancelled or deleted here, so there is no need to wait for the next renewal to find out.</summary>
    public void Abandon()
    {
        (IsAbandoned, _isTaken) = (true, true);

        try
        {
            _lost.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work ended in this very moment: there is nothing left to stop.
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Ends the wait for the next tick without an exception: thousands of small files end before their first tick.
        _ticks.Dispose();
        await _done.CancelAsync();
        await _keeping;
        _done.Dispose();
        _lost.Dispose();
    }

    private async Task KeepAsync()
    {
        using var activity = FileTracing.StartUnrecorded("keep lease");
        var renewedAt = _lease.TakenAt;
        FileProgress? written = null;

        while (!_lost.IsCancellationRequested && await _ticks.WaitForNextTickAsync(CancellationToken.None))
        {
            var progress = Progress;

            if (progress.Equals(written) && _clock.GetElapsedTime(renewedAt) < _options.RenewEvery)
            {
                continue;
            }

            var askedAt = _clock.GetTimestamp();

            if (await TryRenewAsync(progress))
            {
                (renewedAt, written) = (askedAt, progress);
                _lost.CancelAfter(TimeLeft(renewedAt));
            }
        }
    }

    private async Task<bool> TryRenewAsync(FileProgress progress)
    {
        using var limit = new CancellationTokenSource(_options.RenewCallLimit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _done.Token);

        try
        {
            var until = _clock.GetUtcNow() + _options.LeaseTime;
            var renewed = await _metadata.TryChangeAsync(
                new FileChange(_fileId)
                {
                    WhenStatus = FileStatuses.Unfinished,
                    WhenLeaseId = _lease.Id,
                    Status = FileStatus.Processing,
                    StartedTime = _startedTime,
                    Progress = progress,
                    LeaseUntil = until,
                    DueAt = until,
                },
                either.Token);

            if (renewed is null && !_done.IsCancellationRequested)
            {
                Log.LeaseLost(_logger, _fileId);
                _isTaken = true;
                await _lost.CancelAsync();
            }

            return renewed is not null;
        }
        catch (Exception failure) when (failure is StorageException or OperationCanceledException)
        {
            if (!_done.IsCancellationRequested)
            {
                Log.RenewalFailed(_logger, _fileId, failure.Message);
            }

            return false;
        }
    }

    private TimeSpan TimeLeft(long since)
    {
        var left = _options.LeaseTime - _clock.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Warning, "File {FileId} was taken, cancelled or deleted while it was at work here; the work stops.")]
        public static partial void LeaseLost(ILogger logger, string fileId);

        [LoggerMessage(3002, LogLevel.Warning, "The lease on file {FileId} could not be renewed and will be tried again: {Reason}")]
        public static partial void RenewalFailed(ILogger logger, string fileId, string reason);
    }
}
