using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>Traces, newest first: what each began with, how long it took and who took part.</summary>
internal static class TracesPage
{
    private const int MaxShown = 200;

    public static Html Render(IReadOnlyList<TraceSpan> spans, string? text)
    {
        var traces = spans
            .GroupBy(span => span.TraceId)
            .Select(trace => trace.OrderBy(span => span.Start).ToList())
            .Where(trace => Matches(trace, text))
            .OrderByDescending(trace => trace[0].Start)
            .Take(MaxShown)
            .ToList();
        var names = new ServiceNames(spans.Select(span => span.Service));

        return Html.Of($"""
            <h1>Traces</h1>
            <form><label>Text <input type="search" name="text" value="{text}"></label> <button>Filter</button></form>
            {(traces.Count == 0 ? Layout.Nothing("No trace matches. Send a file, and look again.") : Table(traces, names))}
            """);
    }

    private static bool Matches(List<TraceSpan> trace, string? text) =>
        string.IsNullOrEmpty(text)
        || trace.Exists(span => span.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            || span.Attributes.Any(attribute => attribute.Value.Contains(text, StringComparison.OrdinalIgnoreCase)));

    private static Html Table(IEnumerable<List<TraceSpan>> traces, ServiceNames names) => Html.Of($"""
        <table>
        <thead><tr><th>Time</th><th>Trace</th><th>File</th><th>Spans</th><th>Duration</th><th>Services</th></tr></thead>
        <tbody>{Html.Join(traces.Select(trace => Row(trace, names)))}</tbody>
        </table>
        """);

    private static Html Row(List<TraceSpan> trace, ServiceNames names)
    {
        var first = trace.Find(span => span.ParentId.Length == 0) ?? trace[0];
        var duration = trace.Max(span => span.End) - trace[0].Start;
        var errors = trace.Count(span => span.IsError);
        var files = trace.SelectMany(span => span.Attributes).Where(attribute => attribute.Name == "file.name").Select(attribute => attribute.Value).Distinct().ToList();
        var services = trace.Select(span => span.Service).Distinct().Select(service => Html.Of($"<span title=\"{service}\"><i data-line=\"{names.ColourOf(service)}\"></i>{names.Shown(service)}</span> "));

        return Html.Of($"""
            <tr><td>{Layout.Time(trace[0].Start)}</td>
            <td><a href="/traces/{first.TraceId}">{ServiceNames.PlainOf(first.Service)}: {first.Name}</a> {(errors > 0 ? Html.Of($"<span class=\"badge bad\">{errors} failed</span>") : Html.Empty)}</td>
            <td>{string.Join(", ", files.Take(3))}{(files.Count > 3 ? " …" : "")}</td><td>{trace.Count}</td><td>{Figures.Duration(duration)}</td><td>{Html.Join(services)}</td></tr>
            """);
    }
}
