using SensorApp.Tests.Web;

namespace SensorApp.Tests.Browser;

/// <summary>Files in the states that pages look different in.</summary>
internal static class SampleFiles
{
    public static FakeFile Greenhouse { get; } = new()
    {
        Status = "partial",
        Filename = "greenhouse-week-10.csv",
        Sensors =
        [
            new("cold-store-humidity", 84.9, 82.6, 88.2),
            new("cold-store-temperature", 3.97, 3.2, 4.66),
            new("greenhouse-humidity", 71.4, 55.3, 86.1),
            new("greenhouse-temperature", 21.2, 14.8, 29.7),
            new("outdoor-temperature", 4.1, -5.6, 13.9),
            new("valve-4-state", 1, 1, 1),
        ],
        Rejected =
        [
            new(7, "value", "value_not_a_number", "greenhouse-temperature,2026-03-02T04:00:00Z,21.5 °C"),
            new(31, null, "field_count", "greenhouse-temperature,2026-03-02T08:00:00Z,21,5"),
            new(58, "timestamp", "timestamp_invalid", "cold-store-humidity,02.03.2026 12:00,84.1"),
            new(90, "value", "value_missing", "cold-store-humidity,2026-03-02T16:00:00Z,"),
            new(112, "sensor_id", "sensor_id_missing", ",2026-03-02T20:00:00Z,20.1"),
        ],
    };

    public static FakeFile MissingColumn { get; } = new()
    {
        Status = "failed",
        Filename = "export (3).csv",
        Error = ("column_missing", "A column is missing: found `temp`, expected one of `value`, `reading`, `measurement`."),
    };

    public static FakeFile Cancelled { get; } = new()
    {
        Status = "failed",
        Filename = "file-0.csv",
        Error = ("cancelled", "The processing was cancelled."),
    };

    /// <summary>So many sensors that only a page of them can be shown.</summary>
    public static FakeFile HundredThousandSensors { get; } = Greenhouse with
    {
        FileId = Guid.CreateVersion7().ToString("N"),
        Filename = "city-grid.csv.gz",
        Sensors = [.. Enumerable.Range(0, 100_000).Select(number => new FakeSensor($"sensor-{number:D6}", number % 50, -1, 51))],
    };

    public static FakeFile HalfDone { get; } = new() { Status = "processing", Filename = "station-archive-2025.csv.gz", Progress = (1_204_500, 18, 30_000) };

    public static FakeFile Waiting { get; } = new() { Filename = "loggers/north/2026-03-09.csv" };
}
