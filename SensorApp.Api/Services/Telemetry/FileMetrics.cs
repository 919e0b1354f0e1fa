using System.Diagnostics.Metrics;
using SensorApp.Api.Processing;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Telemetry;

/// <summary>What is counted and timed on a file's way. <c>docs/operations.md</c> says what to watch.</summary>
public static class FileMetrics
{
    /// <summary>Whether a row was valid or invalid.</summary>
    public const string RowOutcome = "sensorapp.row.outcome";

    /// <summary>Why a row is invalid.</summary>
    public const string RowReason = "sensorapp.row.reason";

    private static readonly Meter Meter = new("SensorApp.Files");

    private static readonly Counter<long> Accepted =
        Meter.CreateCounter<long>("sensorapp.files.accepted", "{file}", "Files uploaded and recorded.");

    private static readonly Counter<long> Finished =
        Meter.CreateCounter<long>("sensorapp.files.finished", "{file}", "Files brought to a final status, by status.");

    private static readonly Counter<long> Rows =
        Meter.CreateCounter<long>("sensorapp.rows", "{row}", "Rows of finished files, by outcome, and of invalid ones by reason.");

    private static readonly Counter<long> UploadedBytes =
        Meter.CreateCounter<long>("sensorapp.upload.bytes", "By", "Bytes of accepted files, as uploaded.");

    private static readonly Counter<long> ProcessedBytes =
        Meter.CreateCounter<long>("sensorapp.processing.bytes", "By", "Bytes of finished files, as uploaded.");

    private static readonly Counter<long> Attempts =
        Meter.CreateCounter<long>("sensorapp.attempts", "{attempt}", "Attempts to process a file that have ended, by outcome.");

    private static readonly Counter<long> LeasesLost =
        Meter.CreateCounter<long>("sensorapp.leases.lost", "{lease}", "Leases that ran out or were taken over while a file was at work here.");

    private static readonly Histogram<double> UploadTime = Meter.CreateHistogram(
        "sensorapp.upload.duration", "s", "Time from the first byte of a file to its bytes being durable, the client's sending included.", tags: null, Seconds);

    private static readonly Histogram<double> ProcessingTime = Meter.CreateHistogram(
        "sensorapp.processing.duration", "s", "Time that an attempt to process a file took, by outcome.", tags: null, Seconds);

    private static InstrumentAdvice<double> Seconds => new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
    };

    public static void FileReceived(TimeSpan time) => UploadTime.Record(time.TotalSeconds);

    public static void FileAccepted(long bytes)
    {
        Accepted.Add(1);
        UploadedBytes.Add(bytes);
    }

    /// <summary>A result was published.</summary>
    public static void FileFinished(FileStatus status, long bytes, FileResult result)
    {
        FileFinished(status);
        ProcessedBytes.Add(bytes);
        Rows.Add(result.ValidRows, new KeyValuePair<string, object?>(RowOutcome, "valid"));

        foreach (var (reason, count) in result.ErrorsByReason)
        {
            Rows.Add(count, new(RowOutcome, "invalid"), new(RowReason, reason));
        }
    }

    /// <summary>A file was brought to its end without a result.</summary>
    public static void FileFinished(FileStatus status) => Finished.Add(1, new KeyValuePair<string, object?>(FileTracing.Status, status.ToName()));

    public static void AttemptEnded(AttemptOutcome outcome, TimeSpan time)
    {
        var tag = new KeyValuePair<string, object?>(FileTracing.Outcome, outcome.ToName());
        Attempts.Add(1, tag);
        ProcessingTime.Record(time.TotalSeconds, tag);

        if (outcome == AttemptOutcome.LeaseLost)
        {
            LeasesLost.Add(1);
        }
    }

    /// <summary>An attempt ended with the process that made it; nobody knows how long it took.</summary>
    public static void AttemptCrashed() => Attempts.Add(1, new KeyValuePair<string, object?>(FileTracing.Outcome, "crashed"));
}
