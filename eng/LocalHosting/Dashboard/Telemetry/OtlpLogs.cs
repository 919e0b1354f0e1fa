using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Reads an OTLP log request.</summary>
internal static class OtlpLogs
{
    public static void Read(CodedInputStream request, TelemetryStore store)
    {
        foreach (var (log, service, scope) in OtlpEnvelope.Items(request))
        {
            store.Logs.Add(new LogEntry(service, log.Time(1), (int)log.Integer(2), log.Text(3), scope, log.Value(5), log.Hex(9), log.Attributes(6)));
        }
    }
}
