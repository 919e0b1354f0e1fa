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
        var names = new ServiceNames(logs.Select(log => log.Service));
        var chosen = names.All.Where(name => Is(name, service)).ToList();

        return Html.Of($"""
            <h1>Structured logs</h1>
            <form>
            <label>Service <select name="service"><option value="">all</option>{Html.Join(names.All.Select(name => Layout.Option(name, names.Shown(name), chosen is [var only] && name == only)))}</select></label>
            <label>Level <select name="severity">{Html.Join(Levels.Select(level => Layout.Option(FormattableString.Invariant($"{level.Severity}"), level.Name, level.Severity == severity)))}</select></label>
            <label>Text <input type="search" name="text" value="{text}"></label>
            <button>Filter</button>
            </form>
            {(shown.Count == 0 ? Layout.Nothing("No log record matches.") : Table(shown, names))}
            """);
    }

    private static bool Matches(LogEntry log, string? service, int severity, string? text) =>
        (string.IsNullOrEmpty(service) || Is(log.Service, service))
        && log.Severity >= severity
        && (string.IsNullOrEmpty(text)
            || log.Message.Contains(text, StringComparison.OrdinalIgnoreCase)
            || log.Category.Contains(text, StringComparison.OrdinalIgnoreCase)
            || log.Attributes.Any(attribute => attribute.Value.Contains(text, StringComparison.OrdinalIgnoreCase)));

    /// <summary>All instances of a service, or one.</summary>
    private static bool Is(string service, string? wanted) => service == wanted || ServiceNames.PlainOf(service) == wanted;

    private static Html Table(IEnumerable<LogEntry> logs, ServiceNames names) => Html.Of($"""
        <table>
        <thead><tr><th>Time</th><th>Service</th><th>Level</th><th>Message</th><th>Trace</th></tr></thead>
        <tbody>{Html.Join(logs.Select(log => Row(log, names)))}</tbody>
        </table>
        """);

    private static Html Row(LogEntry log, ServiceNames names) => Html.Of($"""
        <tr><td>{Layout.Time(log.Time)}</td><td class="short" title="{log.Service}"><i data-line="{names.ColourOf(log.Service)}"></i>{names.Shown(log.Service)}</td>
        <td><span class="badge {(log.Severity >= 17 ? "bad" : log.Severity >= 13 ? "warn" : "")}">{log.Level}</span></td>
        <td><details id="{log.Time.Ticks}"><summary>{log.Message}</summary><p>{log.Category}</p>{AttributeList.Render(log.Attributes)}</details></td>
        <td class="short">{(log.TraceId.Length == 0 ? Html.Empty : Html.Of($"<a href=\"/traces/{log.TraceId}\">{log.TraceId[..8]}</a>"))}</td></tr>
        """);
}
