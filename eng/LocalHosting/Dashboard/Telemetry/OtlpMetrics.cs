using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Reads an OTLP metrics request: gauges, sums and histograms.</summary>
internal static class OtlpMetrics
{
    public static void Read(CodedInputStream request, TelemetryStore store) =>
        OtlpEnvelope.ForEachItem(request, (metric, service, _) => ReadMetric(metric, service, store));

    private static void ReadMetric(CodedInputStream message, string service, TelemetryStore store)
    {
        var (name, description, unit) = ("", "", "");

        OtlpFields.ForEach(message, field =>
        {
            switch (field)
            {
                case 1:
                    name = message.ReadString();
                    return true;
                case 2:
                    description = message.ReadString();
                    return true;
                case 3:
                    unit = message.ReadString();
                    return true;
                case 5 or 7:
                    return OtlpFields.Nested(message, data => ReadPoints(data, NumberPoint));
                case 9:
                    return OtlpFields.Nested(message, data => ReadPoints(data, HistogramPoint));
                default:
                    return false;
            }
        });

        void ReadPoints(CodedInputStream data, Func<CodedInputStream, (string Labels, MetricPoint Point)> read) =>
            OtlpFields.ForEach(data, field => field == 1 && OtlpFields.Nested(data, point =>
            {
                var (labels, value) = read(point);
                store.Add(new MetricKey(service, name, labels), unit, description, value);
            }));
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
