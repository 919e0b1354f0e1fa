using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>A line chart for each metric of the chosen service: of a counter what it grows by in a second, of a histogram the mean of each interval.</summary>
internal static class MetricsPage
{
    private const int MaxLines = 8;
    private const string Own = "sensorapp";

    public static Html Render(IEnumerable<MetricSeries> all, string? chosen)
    {
        var series = all.ToList();
        var names = new ServiceNames(series.Select(line => line.Key.Service));
        var service = names.All.FirstOrDefault(name => name == chosen) ?? names.All.FirstOrDefault();

        if (service is null)
        {
            return Html.Of($"<h1>Metrics</h1>{Layout.Nothing("No metric has come in yet.")}");
        }

        var groups = series
            .Where(line => line.Key.Service == service)
            .GroupBy(line => line.Key.Name)
            .OrderBy(chart => chart.Key, StringComparer.Ordinal)
            .GroupBy(chart => chart.Key.Split('.')[0])
            .OrderBy(group => group.Key == Own ? 0 : 1)
            .ThenBy(group => group.Key, StringComparer.Ordinal);

        return Html.Of($"""
            <h1>Metrics</h1>
            <nav class="services">{Html.Join(names.All.Select(name => Tab(name, names.Shown(name), name == service)))}</nav>
            {Html.Join(groups.Select(group => Html.Of($"<h2>{group.Key}</h2><div class=\"charts\">{Html.Join(group.Select(chart => Chart(chart.Key, [.. chart])))}</div>")))}
            """);
    }

    private static Html Tab(string service, string shown, bool isCurrent) => isCurrent
        ? Html.Of($"<a href=\"/metrics?service={Uri.EscapeDataString(service)}\" aria-current=\"page\">{shown}</a> ")
        : Html.Of($"<a href=\"/metrics?service={Uri.EscapeDataString(service)}\">{shown}</a> ");

    private static Html Chart(string name, List<MetricSeries> all)
    {
        var common = CommonLabels(all);
        var lines = all
            .Select(series => new ChartLine(series, LabelsOf(series).Except(common)))
            .OrderByDescending(line => line.Total)
            .ThenBy(line => line.Name, StringComparer.Ordinal)
            .ToList();
        var shown = lines.Take(MaxLines).ToList();
        var values = shown.SelectMany(line => line.Values).ToList();
        var top = values.Select(point => point.Value).DefaultIfEmpty(0).Max();
        var (from, until) = values.Count == 0 ? default : (values.Min(point => point.Time), values.Max(point => point.Time));
        var scale = Figures.Of(top, all[0].Unit) + (all[0].Kind == MetricKind.Counter ? "/s" : "");

        return Html.Of($"""
            <figure><figcaption title="{all[0].Description}"><strong>{name}</strong> <small>{all[0].Description}</small></figcaption>
            <p class="scale">{scale}</p>
            <svg viewBox="0 0 300 60" preserveAspectRatio="none" role="img" aria-label="{name}, at most {scale}">{Html.Join(shown.Select((line, index) => line.Draw(index, from, until, top)))}</svg>
            <p class="span"><span>{Layout.Time(from)}</span><span>{Layout.Time(until)}</span></p>
            <ul>{Html.Join(shown.Select((line, index) => Html.Of($"<li data-line=\"{index}\">{line.Name} <b>{line.Newest}</b></li>")))}</ul>
            {(lines.Count > MaxLines ? Html.Of($"<p>and {lines.Count - MaxLines} more lines</p>") : Html.Empty)}
            </figure>
            """);
    }

    private static string[] LabelsOf(MetricSeries series) => series.Key.Labels.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What all lines of a chart have in common tells none of them apart.</summary>
    private static HashSet<string> CommonLabels(List<MetricSeries> all) =>
        all.Count == 1 ? [] : all.Select(LabelsOf).Aggregate(LabelsOf(all[0]).ToHashSet(), (common, labels) => [.. common.Intersect(labels)]);
}
