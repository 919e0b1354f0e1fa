using System.Text.Json.Nodes;

namespace SensorApp.Tests.Web;

/// <summary>A file of the <see cref="FakeApi"/>.</summary>
public sealed record FakeFile
{
    public string FileId { get; init; } = Guid.CreateVersion7().ToString("N");

    public string Status { get; init; } = "pending";

    public string Filename { get; init; } = "readings.csv";

    public IReadOnlyList<FakeSensor> Sensors { get; init; } = [];

    public IReadOnlyList<FakeRejectedRow> Rejected { get; init; } = [];

    public (string Code, string Message)? Error { get; init; }

    public (long Rows, long InvalidRows, long Bytes)? Progress { get; init; }

    private bool IsFinished => Status is "processed" or "partial" or "failed";

    private long ValidRows => Sensors.Sum(sensor => sensor.Count);

    public static FakeFile Partial(string filename = "greenhouse.csv") => new()
    {
        Status = "partial",
        Filename = filename,
        Sensors = [new("north", 20, 18.5, 24), new("south", 22.25, 19, 31.5)],
        Rejected = [new(7, "value", "value_not_a_number", "north,2026-03-02T00:00:00Z,21.5 C")],
    };

    public JsonObject Record() => new()
    {
        ["file_id"] = FileId,
        ["status"] = Status,
        ["filename"] = Filename,
        ["size"] = 48_640,
        ["sha256"] = null,
        ["upload_time"] = "2026-03-09T08:00:00Z",
        ["started_time"] = "2026-03-09T08:00:00Z",
        ["processing_time"] = IsFinished ? "2026-03-09T08:00:00.4Z" : null,
        ["total_rows"] = IsFinished ? ValidRows + Rejected.Count : null,
        ["valid_rows"] = IsFinished ? ValidRows : null,
        ["invalid_rows"] = IsFinished ? Rejected.Count : null,
        ["errors_by_reason"] = IsFinished ? new JsonObject(Rejected.GroupBy(row => row.Reason).Select(group => KeyValuePair.Create<string, JsonNode?>(group.Key, group.Count()))) : null,
        ["error"] = Error is { } error ? new JsonObject { ["code"] = error.Code, ["message"] = error.Message } : null,
        ["progress"] = ProgressJson(),
    };

    public JsonObject State() => new() { ["file_id"] = FileId, ["status"] = Status, ["progress"] = ProgressJson() };

    private JsonObject? ProgressJson() => Progress is { } progress
        ? new JsonObject { ["rows"] = progress.Rows, ["invalid_rows"] = progress.InvalidRows, ["bytes"] = progress.Bytes, ["size"] = 48_640 }
        : null;
}

/// <summary>A sensor of a <see cref="FakeFile"/>.</summary>
public sealed record FakeSensor(string Id, double Average, double Minimum, double Maximum, long Count = 100)
{
    public JsonObject Row() => new()
    {
        ["sensor_id"] = Id,
        ["count"] = Count,
        ["avg"] = Average,
        ["min"] = Minimum,
        ["max"] = Maximum,
        ["stddev"] = (Maximum - Minimum) / 4,
        ["p50"] = Average,
        ["p95"] = Average + ((Maximum - Average) * 0.8),
        ["p99"] = Average + ((Maximum - Average) * 0.95),
        ["first"] = "2026-03-02T00:00:02Z",
        ["last"] = "2026-03-09T00:00:00Z",
        ["last_value"] = Average,
    };
}

/// <summary>A rejected row of a <see cref="FakeFile"/>.</summary>
public sealed record FakeRejectedRow(long Line, string? Column, string Reason, string Raw)
{
    public JsonObject Row() => new() { ["line"] = Line, ["column"] = Column, ["reason"] = Reason, ["raw"] = Raw };
}
