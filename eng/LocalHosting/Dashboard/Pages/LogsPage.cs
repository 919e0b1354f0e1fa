using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>Structured log records, newest first, filtered by service, severity and text.</summary>
internal static class LogsPage
{
    private const int MaxShown = 300;

    private static readonly (int Severity, string Name)[] Levels = [(0, "all"), (9, "information"), (13, "warning"), (17, "error")];

    public static Html Render(IReadOnlyList<LogEntry> logs, string? service, int severity, string? text)
    {
        var shown = logs.Reverse().Where(log => Matches(log, service, severity, text)).Take(MaxShown).ToList();
        var services = logs.Select(log => log.Service).Distinct().Order(StringComparer.Ordinal);

        return Html.Of($"""
            <h1>Structured logs</h1>
            <form>
            <label>Service <select name="service"><option value="">all</option>{Html.Join(services.Select(name => Option(name, name, name == service)))}</select></label>
            <label>Level <select name="severity">{Html.Join(Levels.Select(level => Option(FormattableString.Invariant($"{level.Severity}"), level.Name, level.Severity == severity)))}</select></label>
            <label>Text <input type="search" name="text" value="{text}"></label>
            <button>Filter</button>
            </form>
            {(shown.Count == 0 ? Layout.Nothing("No log record matches.") : Table(shown))}
            """);
    }

    private static bool Matches(LogEntry log, string? service, int severity, string? text) =>
        (string.IsNullOrEmpty(service) || log.Service == service)
        && log.Severity >= severity
        && (string.IsNullOrEmpty(text)
            || log.Message.Contains(text, StringComparison.OrdinalIgnoreCase)
            || log.Category.Contains(text, StringComparison.OrdinalIgnoreCase)
            || log.Attributes.Any(attribute => attribute.Value.Contains(text, StringComparison.OrdinalIgnoreCase)));

    private static Html Table(IEnumerable<LogEntry> logs) => Html.Of($"""
        <table>
        <thead><tr><th>Time</th><th>Service</th><th>Level</th><th>Message</th><th>Trace</th></tr></thead>
        <tbody>{Html.Join(logs.Select(Row))}</tbody>
        </table>
        """);

    private static Html Row(LogEntry log) => Html.Of($"""
        <tr><td>{Layout.Time(log.Time)}</td><td>{log.Service}</td><td class="{(log.Severity >= 17 ? "bad" : "")}">{log.Level}</td>
        <td><details id="{log.Time.Ticks}"><summary>{log.Message}</summary><p>{log.Category}</p>{AttributeList.Render(log.Attributes)}</details></td>
        <td>{(log.TraceId.Length == 0 ? Html.Empty : Html.Of($"<a href=\"/traces/{log.TraceId}\">{log.TraceId[..8]}</a>"))}</td></tr>
        """);

    private static Html Option(string value, string name, bool chosen) =>
        chosen ? Html.Of($"<option value=\"{value}\" selected>{name}</option>") : Html.Of($"<option value=\"{value}\">{name}</option>");
}
