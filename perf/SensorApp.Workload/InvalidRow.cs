namespace SensorApp.Workload;

/// <summary>A way in which a row can be invalid.</summary>
/// <param name="Reason">The reason code that a correct service reports.</param>
/// <param name="Write">Spoils a good row, given its three fields.</param>
internal sealed record InvalidRow(string Reason, Func<string, string, string, string> Write)
{
    /// <summary>Mistakes that people and loggers make, one of each kind.</summary>
    public static IReadOnlyList<InvalidRow> Kinds { get; } =
    [
        new("field_count", (sensor, time, value) => $"{sensor},{time},{value.Replace('.', ',')}"),
        new("sensor_id_missing", (_, time, value) => $",{time},{value}"),
        new("timestamp_missing", (sensor, _, value) => $"{sensor},,{value}"),
        new("timestamp_invalid", (sensor, time, value) => $"{sensor},{time.Replace("-01T", "-31T", StringComparison.Ordinal)},{value}"),
        new("value_missing", (sensor, time, _) => $"{sensor},{time}, "),
        new("value_not_a_number", (sensor, time, _) => $"{sensor},{time},ERROR"),
        new("value_not_finite", (sensor, time, _) => $"{sensor},{time},1e400"),
    ];
}
