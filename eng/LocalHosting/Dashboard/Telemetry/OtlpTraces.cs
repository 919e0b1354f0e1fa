using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Reads an OTLP trace request.</summary>
internal static class OtlpTraces
{
    private const int ErrorStatus = 2;

    private static readonly string[] Kinds = ["", "internal", "server", "client", "producer", "consumer"];

    public static void Read(CodedInputStream request, TelemetryStore store) =>
        OtlpEnvelope.ForEachItem(request, (span, service, _) => store.Spans.Add(ReadSpan(span, service)));

    private static TraceSpan ReadSpan(CodedInputStream message, string service)
    {
        var span = new TraceSpan { Service = service };
        var attributes = new List<TelemetryAttribute>();
        var events = new List<SpanEvent>();
        var links = new List<SpanLink>();

        OtlpFields.ForEach(message, field =>
        {
            switch (field)
            {
                case 1:
                    span = span with { TraceId = OtlpFields.Hex(message) };
                    return true;
                case 2:
                    span = span with { SpanId = OtlpFields.Hex(message) };
                    return true;
                case 4:
                    span = span with { ParentId = OtlpFields.Hex(message) };
                    return true;
                case 5:
                    span = span with { Name = message.ReadString() };
                    return true;
                case 6:
                    span = span with { Kind = Kinds.ElementAtOrDefault(message.ReadInt32()) ?? "" };
                    return true;
                case 7:
                    span = span with { Start = OtlpFields.Time(message) };
                    return true;
                case 8:
                    span = span with { End = OtlpFields.Time(message) };
                    return true;
                case 9:
                    return OtlpFields.Attribute(message, attributes);
                case 11:
                    return OtlpFields.Nested(message, happened => events.Add(ReadEvent(happened)));
                case 13:
                    return OtlpFields.Nested(message, link => links.Add(ReadLink(link)));
                case 15:
                    return OtlpFields.Nested(message, status => span = WithStatus(span, status));
                default:
                    return false;
            }
        });

        return span with { Attributes = attributes, Events = events, Links = links };
    }

    private static SpanEvent ReadEvent(CodedInputStream message)
    {
        var time = DateTimeOffset.UnixEpoch;
        var name = "";
        var attributes = new List<TelemetryAttribute>();

        OtlpFields.ForEach(message, field =>
        {
            switch (field)
            {
                case 1:
                    time = OtlpFields.Time(message);
                    return true;
                case 2:
                    name = message.ReadString();
                    return true;
                case 3:
                    return OtlpFields.Attribute(message, attributes);
                default:
                    return false;
            }
        });

        return new SpanEvent(time, name, attributes);
    }

    private static SpanLink ReadLink(CodedInputStream message)
    {
        var link = new SpanLink("", "");

        OtlpFields.ForEach(message, field =>
        {
            switch (field)
            {
                case 1:
                    link = link with { TraceId = OtlpFields.Hex(message) };
                    return true;
                case 2:
                    link = link with { SpanId = OtlpFields.Hex(message) };
                    return true;
                default:
                    return false;
            }
        });

        return link;
    }

    private static TraceSpan WithStatus(TraceSpan span, CodedInputStream message)
    {
        OtlpFields.ForEach(message, field =>
        {
            switch (field)
            {
                case 2:
                    span = span with { StatusMessage = message.ReadString() };
                    return true;
                case 3:
                    span = span with { IsError = message.ReadEnum() == ErrorStatus };
                    return true;
                default:
                    return false;
            }
        });

        return span;
    }
}
