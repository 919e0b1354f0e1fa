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

    /// <summary>When each service was last heard of.</summary>
    public Dictionary<string, DateTimeOffset> NewestPoints() =>
        series.Values.GroupBy(line => line.Key.Service).ToDictionary(lines => lines.Key, lines => lines.Max(line => line.Updated));

    /// <summary>Adds a point. One line too many takes the place of the one that has been silent the longest: a service that was restarted is a new one.</summary>
    /// <param name="earlier">When the service was heard of before; null when it was not, or is not asked for.</param>
    public void Add(MetricKey key, MetricInfo info, MetricPoint point, DateTimeOffset? earlier = null)
    {
        if (!series.TryGetValue(key, out var line))
        {
            if (series.Count >= MaxSeries)
            {
                series.TryRemove(series.MinBy(entry => entry.Value.Updated).Key, out _);
            }

            line = series.GetOrAdd(key, _ => Begin(key, info, point, earlier));
        }

        line.Add(point);
    }

    /// <summary>What a service did not send the last time was zero then, and the first thing that happens is worth seeing.</summary>
    private static MetricSeries Begin(MetricKey key, MetricInfo info, MetricPoint first, DateTimeOffset? earlier)
    {
        var begun = new MetricSeries(key, info, MaxPointsPerSeries);

        if (info.Kind != MetricKind.Gauge && earlier < first.Time)
        {
            begun.Add(new MetricPoint(earlier.Value, 0, first.Count is null ? null : 0));
        }

        return begun;
    }
}
