namespace SensorApp.Workload;

/// <summary>What a correct service answers about a file.</summary>
/// <param name="Status">The final status: <c>processed</c>, <c>partial</c> or <c>failed</c>.</param>
/// <param name="ValidRows">Rows that every check passes.</param>
/// <param name="ErrorsByReason">Invalid rows by reason code, only codes that occur.</param>
/// <param name="Sensors">Statistics by sensor id; empty when no row is valid.</param>
public sealed record ExpectedResult(
    string Status,
    long ValidRows,
    IReadOnlyDictionary<string, long> ErrorsByReason,
    IReadOnlyDictionary<string, ExpectedSensor> Sensors)
{
    public long InvalidRows { get; } = ErrorsByReason.Values.Sum();

    public long TotalRows => ValidRows + InvalidRows;
}

/// <summary>What a correct service answers about one sensor of a file.</summary>
public sealed record ExpectedSensor(long Count, double Average, double Minimum, double Maximum);
