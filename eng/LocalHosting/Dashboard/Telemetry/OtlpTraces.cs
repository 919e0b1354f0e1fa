using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Reads an OTLP trace request.</summary>
internal static class OtlpTraces
{
    private const int ErrorStatus = 2;

    private static readonly string[] Kinds = ["", "internal", "server", "client", "producer", "consumer"];

    public static void Read(CodedInputStream request, TelemetryStore store)
    {
        foreach (var (span, service, _) in OtlpEnvelope.Items(request))
        {
            store.Spans.Add(ReadSpan(span, service));
        }
    }

    private static TraceSpan ReadSpan(OtlpMessage span, string service)
    {
        var status = span.Message(15);

        return new TraceSpan
        {
            Service = service,
            TraceId = span.Hex(1),
            SpanId = span.Hex(2),
            ParentId = span.Hex(4),
            Name = span.Text(5),
            Kind = Kinds.ElementAtOrDefault((int)span.Integer(6)) ?? "",
            Start = span.Time(7),
            End = span.Time(8),
            IsError = status?.Integer(3) == ErrorStatus,
            StatusMessage = status?.Text(2) ?? "",
            Attributes = span.Attributes(9),
            Events = [.. span.Messages(11).Select(happened => new SpanEvent(happened.Time(1), happened.Text(2), happened.Attributes(3)))],
            Links = [.. span.Messages(13).Select(link => new SpanLink(link.Hex(1), link.Hex(2)))],
        };
    }
}
