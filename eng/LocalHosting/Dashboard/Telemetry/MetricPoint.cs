namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>What the values of a metric mean.</summary>
internal enum MetricKind
{
    /// <summary>A value of its own at each moment.</summary>
    Gauge,

    /// <summary>A total that only grows.</summary>
    Counter,

    /// <summary>Sum and number of all measurements so far.</summary>
    Histogram,
}

/// <summary>What a metric says of itself.</summary>
internal sealed record MetricInfo(string Name, MetricKind Kind, string Unit, string Description);

/// <summary>Which line of which chart a point belongs to.</summary>
/// <param name="Labels">The attributes as text; they tell the lines of one metric apart.</param>
internal readonly record struct MetricKey(string Service, string Name, string Labels);

/// <summary>One value of a metric.</summary>
/// <param name="Value">The number; of a histogram the sum.</param>
/// <param name="Count">Of a histogram the number of measurements; null for a plain number.</param>
internal readonly record struct MetricPoint(DateTimeOffset Time, double Value, long? Count);

/// <summary>The newest points of one line.</summary>
internal sealed class MetricSeries(MetricKey key, MetricInfo info, int capacity)
{
    public MetricKey Key => key;

    public MetricKind Kind => info.Kind;

    public string Unit => info.Unit;

    public string Description => info.Description;

    public RingBuffer<MetricPoint> Points { get; } = new(capacity);

    /// <summary>Time of the newest point.</summary>
    public DateTimeOffset Updated { get; private set; }

    public void Add(MetricPoint point)
    {
        Points.Add(point);
        Updated = point.Time;
    }
}
