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

        return Html.Of($"""
            <h1>Traces</h1>
            <form><label>Text <input type="search" name="text" value="{text}"></label> <button>Filter</button></form>
            {(traces.Count == 0 ? Layout.Nothing("No trace matches. Send a file, and look again.") : Table(traces))}
            """);
    }

    private static bool Matches(List<TraceSpan> trace, string? text) =>
        string.IsNullOrEmpty(text)
        || trace.Exists(span => span.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            || span.Attributes.Any(attribute => attribute.Value.Contains(text, StringComparison.OrdinalIgnoreCase)));

    private static Html Table(IEnumerable<List<TraceSpan>> traces) => Html.Of($"""
        <table>
        <thead><tr><th>Time</th><th>Trace</th><th>Spans</th><th>Duration</th><th>Services</th></tr></thead>
        <tbody>{Html.Join(traces.Select(Row))}</tbody>
        </table>
        """);

    private static Html Row(List<TraceSpan> trace)
    {
        var first = trace.Find(span => span.ParentId.Length == 0) ?? trace[0];
        var duration = trace.Max(span => span.End) - trace[0].Start;
        var hasError = trace.Exists(span => span.IsError);
        var services = string.Join(", ", trace.Select(span => span.Service).Distinct());

        return Html.Of($"""
            <tr><td>{Layout.Time(trace[0].Start)}</td>
            <td class="{(hasError ? "bad" : "")}"><a href="/traces/{first.TraceId}">{first.Name}</a></td>
            <td>{trace.Count}</td><td>{Layout.Duration(duration)}</td><td>{services}</td></tr>
            """);
    }
}
