using System.Collections.Concurrent;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>The newest telemetry of all services, in memory. Whatever is sent, its size stays bounded.</summary>
internal sealed class TelemetryStore
{
    private const int MaxSpans = 10_000;
    private const int MaxLogs = 10_000;
    private const int MaxSeries = 500;
    private const int MaxPointsPerSeries = 300;

    private readonly ConcurrentDictionary<MetricKey, MetricSeries> series = [];

    public RingBuffer<TraceSpan> Spans { get; } = new(MaxSpans);

    public RingBuffer<LogEntry> Logs { get; } = new(MaxLogs);

    public IEnumerable<MetricSeries> Series => series.Values;

    /// <summary>Adds a point; a line beyond the bound is not begun.</summary>
    public void Add(MetricKey key, string unit, string description, MetricPoint point)
    {
        if (series.TryGetValue(key, out var known) || (series.Count < MaxSeries && Begin(out known)))
        {
            known.Points.Add(point);
        }

        bool Begin(out MetricSeries begun)
        {
            begun = series.GetOrAdd(key, _ => new MetricSeries(key, unit, description, MaxPointsPerSeries));
            return true;
        }
    }
}
