using SensorApp.Api.Processing;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Storage;
using SensorApp.ServiceDefaults.Logging;

namespace SensorApp.Api.Services.Work;

/// <summary>
/// Works on a small file before it is recorded, so that its record is written once, with its results: half the writes of a file
/// that is recorded first and finished later. Until then nothing is promised to anybody, so nothing can be lost.
/// </summary>
public sealed partial class EarlyWork(ProcessingGraph graph, ResultPublisher publisher, TimeProvider clock, ILogger<EarlyWork> logger)
{
    // Work takes less than a millisecond; but the upload's answer must not wait for memory that large files hold.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Brings the file to its end, but for its record.</summary>
    /// <param name="file">The record as it would be written.</param>
    /// <param name="lease">The lease in it.</param>
    /// <param name="kept">The bytes; they stay the caller's.</param>
    /// <returns>Null when it came to no end: then the file is to be recorded and worked on like any other.</returns>
    public async Task<EarlyResult?> TryFinishAsync(FileRecord file, Lease lease, KeptFile kept)
    {
        using var activity = FileTracing.Start("process file", file.FileId).Describe(file);
        using var scope = logger.BeginFileScope(file.FileId);
        using var limit = new CancellationTokenSource(Patience, clock);
        var startedAt = clock.GetTimestamp();
        var startedTime = clock.GetUtcNow();
        EarlyResult? early = null;
        var job = new FileJob
        {
            FileId = file.FileId,
            Options = UploadOptions.ReadingOptionsOf(file),
            OpenAsync = _ => Task.FromResult(kept.Open()),
            PersistAsync = async (result, token) => early = new EarlyResult(await publisher.StoreAsync(file, lease, startedTime, result, token), result, clock.GetElapsedTime(startedAt)),
        };

        try
        {
            await graph.RunAsync(job, limit.Token);
            activity.TellOutcome(AttemptOutcome.Finished).TellResult(early?.Result);
            return early;
        }
        catch (Exception failure)
        {
            // If it is the file's fault, that shows again in the attempts that count.
            activity.Fail(failure);
            Log.NotFinished(logger, file.FileId, failure.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3701, LogLevel.Warning, "File {FileId} could not be brought to its end before it was recorded, and is worked on now: {Reason}")]
        public static partial void NotFinished(ILogger logger, string fileId, string reason);
    }
}

/// <summary>What came of early work.</summary>
/// <param name="File">The record to be written, in its final status.</param>
/// <param name="Result">For counts only: what else it held is gone.</param>
/// <param name="Time">How long it took.</param>
public sealed record EarlyResult(FileRecord File, FileResult Result, TimeSpan Time);
