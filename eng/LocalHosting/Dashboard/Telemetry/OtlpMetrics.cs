using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Reads an OTLP metrics request: gauges, sums and histograms.</summary>
internal static class OtlpMetrics
{
    public static void Read(CodedInputStream request, TelemetryStore store) =>
        OtlpEnvelope.ForEachItem(request, (metric, service, _) => ReadMetric(metric, service, store));

    private static void ReadMetric(CodedInputStream message, string service, TelemetryStore store)
    {
        var info = new MetricInfo("", MetricKind.Gauge, "", "");
        var points = new List<(string Labels, MetricPoint Point)>();

        OtlpFields.ForEach(message, field =>
        {
            switch (field)
            {
                case 1:
                    info = info with { Name = message.ReadString() };
                    return true;
                case 2:
                    info = info with { Description = message.ReadString() };
                    return true;
                case 3:
                    info = info with { Unit = message.ReadString() };
                    return true;
                case 5:
                    return OtlpFields.Nested(message, data => ReadData(data, NumberPoint));
                case 7:
                    return OtlpFields.Nested(message, data => info = ReadData(data, NumberPoint) ? info with { Kind = MetricKind.Counter } : info);
                case 9:
                    info = info with { Kind = MetricKind.Histogram };
                    return OtlpFields.Nested(message, data => ReadData(data, HistogramPoint));
                default:
                    return false;
            }
        });

        // Once all is read: the fields of a message may come in any order.
        foreach (var (labels, point) in points)
        {
            store.Add(new MetricKey(service, info.Name, labels), info, point);
        }

        bool ReadData(CodedInputStream data, Func<CodedInputStream, (string Labels, MetricPoint Point)> read)
        {
            var isMonotonic = false;
            OtlpFields.ForEach(data, field =>
            {
                switch (field)
                {
                    case 1:
                        return OtlpFields.Nested(data, point => points.Add(read(point)));
                    case 3:
                        isMonotonic = data.ReadBool();
                        return true;
                    default:
                        return false;
                }
            });
            return isMonotonic;
        }
    }

    private static (string Labels, MetricPoint Point) NumberPoint(CodedInputStream message)
    {
        var attributes = new List<TelemetryAttribute>();
        var point = default(MetricPoint);

        OtlpFields.ForEach(message, field =>
        {
            switch (field)
            {
                case 3:
                    point = point with { Time = OtlpFields.Time(message) };
                    return true;
                case 4:
                    point = point with { Value = message.ReadDouble() };
                    return true;
                case 6:
                    point = point with { Value = message.ReadSFixed64() };
                    return true;
                case 7:
                    return OtlpFields.Attribute(message, attributes);
                default:
                    return false;
            }
        });

        return (Labels(attributes), point);
    }

    private static (string Labels, MetricPoint Point) HistogramPoint(CodedInputStream message)
    {
        var attributes = new List<TelemetryAttribute>();
        var point = default(MetricPoint);

        OtlpFields.ForEach(message, field =>
        {
            switch (field)
            {
                case 3:
                    point = point with { Time = OtlpFields.Time(message) };
                    return true;
                case 4:
                    point = point with { Count = (long)message.ReadFixed64() };
                    return true;
                case 5:
                    point = point with { Value = message.ReadDouble() };
                    return true;
                case 9:
                    return OtlpFields.Attribute(message, attributes);
                default:
                    return false;
            }
        });

        return (Labels(attributes), point);
    }

    private static string Labels(List<TelemetryAttribute> attributes) =>
        string.Join(", ", attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal).Select(attribute => $"{attribute.Name}={attribute.Value}"));
}
