namespace SensorApp.Web.Presentation;

/// <summary>A column that a file needs, under one of several names, with an example of what stands in it.</summary>
public sealed record AcceptedColumn(string Label, IReadOnlyList<string> Names, string Example)
{
    public static IReadOnlyList<AcceptedColumn> All { get; } =
    [
        new("Sensor", ["sensor_id", "sensor", "device_id"], "greenhouse-north"),
        new("Time", ["timestamp", "time", "datetime"], "2026-03-02T14:05:00Z"),
        new("Value", ["value", "reading", "measurement"], "21.5"),
    ];
}
