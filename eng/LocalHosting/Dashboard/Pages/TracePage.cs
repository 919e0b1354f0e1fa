using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>One trace as a waterfall: each span with its attributes, events and links.</summary>
internal static class TracePage
{
    private const int DeepestIndent = 12;

    public static Html Render(string traceId, IReadOnlyList<TraceSpan> all)
    {
        var spans = all.Where(span => span.TraceId == traceId).OrderBy(span => span.Start).ToList();

        if (spans.Count == 0)
        {
            return Layout.Nothing("This trace is not kept any more.");
        }

        var start = spans[0].Start;
        var duration = spans.Max(span => span.End) - start;
        var names = new ServiceNames(spans.Select(span => span.Service));

        return Html.Of($"""
            <h1>{spans[0].Name}</h1>
            <p>{Layout.Time(start)} · {spans.Count} spans · {Figures.Duration(duration)} · trace <code>{traceId}</code> · <a href="/logs?text={traceId}">its logs</a></p>
            {Html.Join(Followers(traceId, all).Select(other => Html.Of($"<p>Linked from trace <a href=\"/traces/{other}\">{other}</a></p>")))}
            <p class="legend">{Html.Join(names.All.Select(service => Html.Of($"<span title=\"{service}\"><i data-line=\"{names.ColourOf(service)}\"></i>{names.Shown(service)}</span> ")))}</p>
            <div class="waterfall">
            <div class="axis"><span></span><span class="ticks">{Html.Join(Enumerable.Range(0, 5).Select(tick => Html.Of($"<span>{Figures.Duration(duration * (tick / 4.0))}</span>")))}</span><span></span></div>
            {Html.Join(InTreeOrder(spans).Select(placed => Row(placed.Span, placed.Depth, names, start, duration)))}
            </div>
            """);
    }

    /// <summary>Other traces that say they come from this one.</summary>
    private static IEnumerable<string> Followers(string traceId, IReadOnlyList<TraceSpan> all) =>
        all.Where(span => span.TraceId != traceId && span.Links.Any(link => link.TraceId == traceId)).Select(span => span.TraceId).Distinct();

    /// <summary>Parents before children, children by start; a span whose parent was not received stands at the top.</summary>
    private static IEnumerable<(TraceSpan Span, int Depth)> InTreeOrder(List<TraceSpan> spans)
    {
        var known = spans.Select(span => span.SpanId).ToHashSet();
        var children = spans.ToLookup(span => known.Contains(span.ParentId) ? span.ParentId : "");
        var open = new Stack<(TraceSpan Span, int Depth)>(children[""].Reverse().Select(span => (span, 0)));

        while (open.TryPop(out var next))
        {
            yield return next;

            foreach (var child in children[next.Span.SpanId].Reverse())
            {
                open.Push((child, next.Depth + 1));
            }
        }
    }

    private static Html Row(TraceSpan span, int depth, ServiceNames names, DateTimeOffset start, TimeSpan duration)
    {
        var whole = Math.Max(1, duration.Ticks);
        var left = Math.Min(99.7, 100.0 * (span.Start - start).Ticks / whole);
        var width = Math.Max(0.3, 100.0 * span.Duration.Ticks / whole);
        var colour = span.IsError ? Html.Of($"class=\"bad\"") : Html.Of($"data-line=\"{names.ColourOf(span.Service)}\"");

        return Html.Of($"""
            <details id="{span.SpanId}"><summary>
            <span class="name" data-depth="{Math.Min(depth, DeepestIndent)}" title="{span.Service}: {span.Name}"><i {colour}></i>{span.Name} <small>{names.Shown(span.Service)}</small></span>
            <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label="{Figures.Duration(span.Duration)}"><rect {colour} x="{left:0.###}" width="{width:0.###}" height="1"/></svg>
            <span class="duration">{Figures.Duration(span.Duration)}</span>
            </summary>
            {(span.StatusMessage.Length == 0 ? Html.Empty : Html.Of($"<p class=\"bad\">{span.StatusMessage}</p>"))}
            {AttributeList.Render([new("service", span.Service), new("kind", span.Kind), new("starts after", Figures.Duration(span.Start - start)), .. span.Attributes])}
            {Html.Join(span.Events.Select(Event))}
            {Html.Join(span.Links.Select(link => Html.Of($"<p>Follows trace <a href=\"/traces/{link.TraceId}\">{link.TraceId}</a></p>")))}
            </details>
            """);
    }

    private static Html Event(SpanEvent happened) =>
        Html.Of($"<p>{Layout.Time(happened.Time)} {happened.Name}</p>{AttributeList.Render(happened.Attributes)}");
}
