using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Reads an OTLP log request.</summary>
internal static class OtlpLogs
{
    public static void Read(CodedInputStream request, TelemetryStore store) =>
        OtlpEnvelope.ForEachItem(request, (log, service, scope) => store.Logs.Add(ReadLog(log, service, scope)));

    private static LogEntry ReadLog(CodedInputStream message, string service, string category)
    {
        var attributes = new List<TelemetryAttribute>();
        var log = new LogEntry(service, DateTimeOffset.UnixEpoch, 0, "", category, "", "", attributes);

        OtlpFields.ForEach(message, field =>
        {
            switch (field)
            {
                case 1:
                    log = log with { Time = OtlpFields.Time(message) };
                    return true;
                case 2:
                    log = log with { Severity = message.ReadEnum() };
                    return true;
                case 3:
                    log = log with { Level = message.ReadString() };
                    return true;
                case 5:
                    return OtlpFields.Nested(message, body => log = log with { Message = OtlpFields.Value(body) });
                case 6:
                    return OtlpFields.Attribute(message, attributes);
                case 9:
                    log = log with { TraceId = OtlpFields.Hex(message) };
                    return true;
                default:
                    return false;
            }
        });

        return log;
    }
}
