using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>One line of a chart, and what is said of it below.</summary>
internal sealed class ChartLine
{
    private const string OwnPrefix = "sensorapp.";

    private readonly MetricSeries series;

    public ChartLine(MetricSeries series, IEnumerable<string> labels)
    {
        this.series = series;
        var points = series.Points.Snapshot();
        Name = string.Join(", ", labels.Select(label => label.StartsWith(OwnPrefix, StringComparison.Ordinal) ? label[OwnPrefix.Length..] : label));
        Total = points.Length == 0 ? 0 : points[^1].Count ?? points[^1].Value;
        Values = series.Kind == MetricKind.Gauge
            ? [.. points.Select(point => (point.Time, point.Value))]
            : [.. points.Zip(points.Skip(1), Between).OfType<(DateTimeOffset, double)>()];
    }

    public string Name { get; }

    /// <summary>The newest value; of a histogram the number of measurements.</summary>
    public double Total { get; }

    /// <summary>What is drawn.</summary>
    public IReadOnlyList<(DateTimeOffset Time, double Value)> Values { get; }

    public string Newest => series.Kind switch
    {
        MetricKind.Gauge => Figures.Of(Total, series.Unit),
        MetricKind.Counter => $"{Figures.Of(Total, series.Unit)} in all",
        _ => Values.Count == 0 ? $"{Figures.Of(Total, "")} times" : $"{Figures.Of(Values[^1].Value, series.Unit)} · {Figures.Of(Total, "")} times",
    };

    public Html Draw(int index, DateTimeOffset from, DateTimeOffset until, double top)
    {
        var span = Math.Max(1, (until - from).Ticks);
        // A point alone would not be seen: two of it are drawn as a dot.
        var drawn = Values.Count == 1 ? [Values[0], Values[0]] : Values;
        var points = drawn.Select(point => FormattableString.Invariant(
            $"{300.0 * (point.Time - from).Ticks / span:0.#},{58 - (top > 0 ? 56 * Math.Max(0, point.Value) / top : 0):0.#}"));

        return Html.Of($"<polyline data-line=\"{index}\" points=\"{string.Join(' ', points)}\"/>");
    }

    /// <summary>Of a counter the growth in a second; of a histogram the mean, null when nothing was measured in between.</summary>
    private (DateTimeOffset Time, double Value)? Between(MetricPoint earlier, MetricPoint later)
    {
        if (series.Kind == MetricKind.Counter)
        {
            var seconds = (later.Time - earlier.Time).TotalSeconds;
            return seconds > 0 ? (later.Time, Math.Max(0, later.Value - earlier.Value) / seconds) : null;
        }

        var count = (later.Count ?? 0) - (earlier.Count ?? 0);
        return count > 0 ? (later.Time, (later.Value - earlier.Value) / count) : null;
    }
}
