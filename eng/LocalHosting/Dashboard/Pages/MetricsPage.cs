using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>A line chart for each metric of the chosen service; of a histogram, the mean of each interval.</summary>
internal static class MetricsPage
{
    private const int MaxLines = 8;

    public static Html Render(IEnumerable<MetricSeries> all, string? chosen)
    {
        var series = all.ToList();
        var services = series.Select(line => line.Key.Service).Distinct().Order(StringComparer.Ordinal).ToList();
        var service = services.Contains(chosen ?? "") ? chosen : services.FirstOrDefault();

        if (service is null)
        {
            return Html.Of($"<h1>Metrics</h1>{Layout.Nothing("No metric has come in yet.")}");
        }

        var charts = series.Where(line => line.Key.Service == service).GroupBy(line => line.Key.Name).OrderBy(chart => chart.Key, StringComparer.Ordinal);

        return Html.Of($"""
            <h1>Metrics</h1>
            <nav class="services">{Html.Join(services.Select(name => Html.Of($"<a href=\"/metrics?service={Uri.EscapeDataString(name)}\">{name}</a> ")))}</nav>
            <div class="charts">{Html.Join(charts.Select(chart => Chart(chart.Key, [.. chart.OrderBy(line => line.Key.Labels, StringComparer.Ordinal)])))}</div>
            """);
    }

    private static Html Chart(string name, List<MetricSeries> lines)
    {
        var shown = lines.Take(MaxLines).Select(line => (line.Key.Labels, Values: Values(line.Points.Snapshot()))).Where(line => line.Values.Count > 0).ToList();
        var top = shown.SelectMany(line => line.Values).DefaultIfEmpty(0).Max();

        return Html.Of($"""
            <figure><figcaption><strong>{name}</strong> {lines[0].Unit} <small>{lines[0].Description}</small></figcaption>
            <svg viewBox="0 0 300 60" preserveAspectRatio="none" role="img" aria-label="{name}, at most {top:G4}">{Html.Join(shown.Select((line, index) => Line(line.Values, top, index)))}</svg>
            <ul>{Html.Join(shown.Select((line, index) => Html.Of($"<li data-line=\"{index}\">{line.Labels} <b>{line.Values[^1]:G4}</b></li>")))}</ul>
            {(lines.Count > MaxLines ? Html.Of($"<p>and {lines.Count - MaxLines} more lines</p>") : Html.Empty)}
            </figure>
            """);
    }

    private static List<double> Values(MetricPoint[] points) =>
        points.Length > 0 && points[0].Count is null
            ? [.. points.Select(point => point.Value)]
            : [.. points.Zip(points.Skip(1), MeanBetween)];

    private static double MeanBetween(MetricPoint earlier, MetricPoint later)
    {
        var count = (later.Count ?? 0) - (earlier.Count ?? 0);
        return count > 0 ? (later.Value - earlier.Value) / count : 0;
    }

    private static Html Line(List<double> values, double top, int index)
    {
        var step = values.Count > 1 ? 300.0 / (values.Count - 1) : 0;
        var points = values.Select((value, at) => FormattableString.Invariant($"{at * step:0.#},{58 - (top > 0 ? 56 * Math.Max(0, value) / top : 0):0.#}"));

        return Html.Of($"<polyline data-line=\"{index}\" points=\"{string.Join(' ', points)}\"/>");
    }
}
