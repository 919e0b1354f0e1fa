namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>A structured log record as it was received.</summary>
/// <param name="Severity">OpenTelemetry's number: from 9 information, from 13 warning, from 17 error.</param>
/// <param name="TraceId">Lower-case hex; empty outside of a trace.</param>
internal sealed record LogEntry(
    string Service, DateTimeOffset Time, int Severity, string Level, string Category, string Message, string TraceId, IReadOnlyList<TelemetryAttribute> Attributes);
