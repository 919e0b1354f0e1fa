namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Which line of which chart a point belongs to.</summary>
/// <param name="Labels">The attributes as text; they tell the lines of one metric apart.</param>
internal readonly record struct MetricKey(string Service, string Name, string Labels);

/// <summary>One value of a metric.</summary>
/// <param name="Value">The number; of a histogram the sum.</param>
/// <param name="Count">Of a histogram the number of measurements; null for a plain number.</param>
internal readonly record struct MetricPoint(DateTimeOffset Time, double Value, long? Count);

/// <summary>The newest points of one line, with what the metric says of itself.</summary>
internal sealed class MetricSeries(MetricKey key, string unit, string description, int capacity)
{
    public MetricKey Key => key;

    public string Unit => unit;

    public string Description => description;

    public RingBuffer<MetricPoint> Points { get; } = new(capacity);
}
