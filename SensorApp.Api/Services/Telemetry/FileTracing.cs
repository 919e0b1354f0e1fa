using System.Diagnostics;
using SensorApp.Api.Processing;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Telemetry;

/// <summary>The spans of a file's way: one a stage, whoever works on it. All of them are in the trace of the request that brought the file.</summary>
public static class FileTracing
{
    /// <summary>Attributes without a name in the semantic conventions are ours.</summary>
    public const string FileId = "sensorapp.file.id";
    public const string Status = "sensorapp.file.status";
    public const string Attempt = "sensorapp.attempt";
    public const string Outcome = "sensorapp.outcome";
    public const string Rows = "sensorapp.rows";
    public const string InvalidRows = "sensorapp.rows.invalid";

    public const string FileName = "file.name";
    public const string FileSize = "file.size";

    private const string ErrorType = "error.type";

    private static readonly ActivitySource Source = new("SensorApp.Files");

    /// <summary>A stage of the request that is being answered, or of the work that is being done.</summary>
    public static Activity? Start(string stage, string fileId) => Source.StartActivity(stage)?.SetTag(FileId, fileId);

    /// <summary>A stage of a file that is only known by its record: it belongs to the trace of the upload, which may have been in another process.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="kind"><see cref="ActivityKind.Consumer"/> for what the upload left to be done.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="traceContext">As recorded with the file; null begins a trace of its own.</param>
    public static Activity? Resume(string stage, ActivityKind kind, string fileId, string? traceContext)
    {
        if (traceContext is null)
        {
            // Whatever happened to find the file is not why it is worked on.
            Activity.Current = null;
        }

        return Source.StartActivity(stage, kind, traceContext)?.SetTag(FileId, fileId);
    }

    /// <summary>What the process does by itself, as a trace of its own.</summary>
    public static Activity? StartTask(string task) => Source.StartActivity(task);

    /// <summary>What is done so often that nobody wants a span of it each time, such as a look for work: the calls within are not recorded either.</summary>
    public static Activity? StartUnrecorded(string task)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var activity = new Activity(task).Start();
        activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        return activity;
    }

    /// <summary>What the file is, as the one who uploads or works on it knows it.</summary>
    public static Activity? Describe(this Activity? activity, FileRecord file) => activity?
        .SetTag(FileName, file.Filename)
        .SetTag(FileSize, file.Size)
        .SetTag(Attempt, file.Attempts + 1);

    /// <summary>How an attempt ended.</summary>
    public static Activity? TellOutcome(this Activity? activity, AttemptOutcome outcome) => activity?.SetTag(Outcome, outcome.ToName());

    /// <summary>What came of an attempt; null: nothing.</summary>
    public static Activity? TellResult(this Activity? activity, FileResult? result) => result is null ? activity : activity?
        .SetTag(Status, ResultPublisher.StatusOf(result).ToName())
        .SetTag(Rows, result.TotalRows)
        .SetTag(InvalidRows, result.InvalidRows);

    /// <summary>The stage failed.</summary>
    public static void Fail(this Activity? activity, Exception failure) => activity?
        .SetStatus(ActivityStatusCode.Error, failure.Message)
        .SetTag(ErrorType, failure.GetType().FullName);
}
