namespace SensorApp.Workload;

/// <summary>Adds up exactly, in decimal, what a file holds while it is being generated.</summary>
internal sealed class ExpectedTally
{
    private readonly Dictionary<string, (long Count, decimal Sum, decimal Minimum, decimal Maximum)> _sensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private long _validRows;

    public void AddReading(string sensorId, decimal value)
    {
        _validRows++;
        _sensors[sensorId] = _sensors.TryGetValue(sensorId, out var sensor)
            ? (sensor.Count + 1, sensor.Sum + value, Math.Min(sensor.Minimum, value), Math.Max(sensor.Maximum, value))
            : (1, value, value, value);
    }

    public void AddInvalidRow(string reason) => _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;

    public ExpectedResult ToExpectedResult() => new(Status, _validRows, _reasons, _sensors.ToDictionary(
        sensor => sensor.Key,
        sensor => new ExpectedSensor(
            sensor.Value.Count, (double)(sensor.Value.Sum / sensor.Value.Count), (double)sensor.Value.Minimum, (double)sensor.Value.Maximum),
        StringComparer.Ordinal));

    private string Status => (_validRows, _reasons.Count) switch
    {
        (0, _) => "failed",
        (_, 0) => "processed",
        _ => "partial",
    };
}
