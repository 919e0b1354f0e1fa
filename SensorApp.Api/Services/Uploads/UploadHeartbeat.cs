using SensorApp.Api.Services.Sweeping;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Uploads;

/// <summary>Tells the sweep that an upload in parts still lives, however slow its client is.</summary>
public sealed partial class UploadHeartbeat : IAsyncDisposable
{
    private readonly IMetadataStore _metadata;
    private readonly string _fileId;
    private readonly SweepOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _beating;
    private bool _hasStopped;

    public UploadHeartbeat(IMetadataStore metadata, string fileId, SweepOptions options, TimeProvider clock, ILogger logger)
    {
        (_metadata, _fileId, _options, _clock, _logger) = (metadata, fileId, options, clock, logger);
        _beating = BeatAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_hasStopped)
        {
            return;
        }

        _hasStopped = true;
        await _done.CancelAsync();
        await _beating;
        _done.Dispose();
    }

    private async Task BeatAsync()
    {
        using var activity = FileTracing.StartUnrecorded("upload heartbeat");
        using var ticks = new PeriodicTimer(_options.UploadHeartbeat, _clock);

        try
        {
            while (await ticks.WaitForNextTickAsync(_done.Token))
            {
                await TryBeatAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The upload has ended.
        }
    }

    private async Task TryBeatAsync()
    {
        try
        {
            var now = _clock.GetUtcNow();
            await _metadata.TryChangeAsync(
                new FileChange(_fileId) { WhenStatus = [FileStatus.Uploading], Heartbeat = now, DueAt = now + _options.UploadStaleAfter },
                _done.Token);
        }
        catch (MetadataStorageException failure)
        {
            Log.NotWritten(_logger, _fileId, failure.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !_done.IsCancellationRequested)
        {
            // An upload that is not heard of is swept, however well it goes on.
            Log.FailedUnexpectedly(_logger, _fileId, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Warning, "The sign of life of upload {FileId} could not be written and will be tried again: {Reason}")]
        public static partial void NotWritten(ILogger logger, string fileId, string reason);

        [LoggerMessage(2002, LogLevel.Error, "The sign of life of upload {FileId} failed unexpectedly and will be tried again.")]
        public static partial void FailedUnexpectedly(ILogger logger, string fileId, Exception failure);
    }
}
