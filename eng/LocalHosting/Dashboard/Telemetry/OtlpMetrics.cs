using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Reads an OTLP metrics request: gauges, sums and histograms.</summary>
internal static class OtlpMetrics
{
    public static void Read(CodedInputStream request, TelemetryStore store)
    {
        // The points of one request are some microseconds apart: between them nothing can have grown.
        var earlier = store.NewestPoints();

        foreach (var (metric, service, _) in OtlpEnvelope.Items(request))
        {
            ReadMetric(metric, service, store, earlier.TryGetValue(service, out var moment) ? moment : null);
        }
    }

    private static void ReadMetric(OtlpMessage metric, string service, TelemetryStore store, DateTimeOffset? earlier)
    {
        var (gauge, sum, histogram) = (metric.Message(5), metric.Message(7), metric.Message(9));
        var kind = histogram is not null ? MetricKind.Histogram : sum?.Integer(3) > 0 ? MetricKind.Counter : MetricKind.Gauge;
        var info = new MetricInfo(metric.Text(1), kind, metric.Text(3), metric.Text(2));

        foreach (var point in (histogram ?? sum ?? gauge)?.Messages(1) ?? [])
        {
            var (attributes, value) = kind == MetricKind.Histogram
                ? (point.Attributes(9), new MetricPoint(point.Time(3), point.Double(5), point.Integer(4)))
                : (point.Attributes(7), new MetricPoint(point.Time(3), point.Has(6) ? point.Integer(6) : point.Double(4), Count: null));
            store.Add(new MetricKey(service, info.Name, Labels(attributes)), info, value, earlier);
        }
    }

    private static string Labels(IEnumerable<TelemetryAttribute> attributes) =>
        string.Join(", ", attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal).Select(attribute => $"{attribute.Name}={attribute.Value}"));
}
