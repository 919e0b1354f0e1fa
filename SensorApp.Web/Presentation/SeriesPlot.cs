using System.Globalization;
using System.Text;
using SensorApp.Web.Api;

namespace SensorApp.Web.Presentation;

/// <summary>The time series of a few sensors as lines and bands of one drawing, for pages without script and until it has loaded.</summary>
public sealed class SeriesPlot
{
    public const double Width = 960;
    public const double Height = 300;

    private const double Left = 56;
    private const double Right = 8;
    private const double Top = 8;
    private const double Bottom = 24;
    private const int Columns = 320;
    private const double LabelRoom = 24;

    private readonly DateTimeOffset from;
    private readonly DateTimeOffset to;
    private readonly TimeSpan span;
    private readonly double low;
    private readonly double high;

    /// <param name="series">Series with at least one bucket each; at least one series.</param>
    public SeriesPlot(IReadOnlyList<SensorSeries> series)
    {
        from = series.Min(one => one.From ?? one.Buckets[0].Start);
        to = series.Max(one => one.To ?? one.Buckets[^1].Start);
        span = to > from ? to - from : TimeSpan.FromSeconds(1);
        low = series.Min(one => one.Buckets.Min(bucket => bucket.Min));
        high = series.Max(one => one.Buckets.Max(bucket => bucket.Max));
        Values = new RangeScale(low, high);
        Lines = [.. series.Select(Draw)];
    }

    /// <summary>The scale of the values, for its ticks.</summary>
    public RangeScale Values { get; }

    /// <summary>In the order of the series.</summary>
    public IReadOnlyList<SeriesLine> Lines { get; }

    /// <summary>A few round points in time: x coordinate and label in UTC. None so near the end that its label would be cut.</summary>
    public IEnumerable<(string X, string Label)> Times() =>
        new TimeScale(from, to).Ticks()
            .Select(tick => (X: X(tick.Time), tick.Label))
            .Where(tick => tick.X < Width - LabelRoom)
            .Select(tick => (Coordinate(tick.X), tick.Label));

    /// <summary>The y coordinate of a value.</summary>
    public string Y(double value)
    {
        var share = high > low ? ((value / 2) - (low / 2)) / ((high / 2) - (low / 2)) : 0.5;
        return Coordinate(Height - Bottom - (Math.Clamp(share, 0, 1) * (Height - Top - Bottom)));
    }

    private double X(DateTimeOffset time) => Left + (Math.Clamp((time - from) / span, 0, 1) * (Width - Left - Right));

    private SeriesLine Draw(SensorSeries series)
    {
        var line = new StringBuilder();
        var band = new StringBuilder();

        foreach (var stretch in Stretches(series))
        {
            var points = Lasting(Thin(stretch), series.BucketSeconds);
            var separator = 'M';

            foreach (var point in points)
            {
                line.Append(separator).Append(Coordinate(X(point.Start))).Append(' ').Append(Y(point.Avg));
                separator = 'L';
            }

            band.Append('M').AppendJoin('L', points.Select(point => $"{Coordinate(X(point.Start))} {Y(point.Max)}"));
            band.Append('L').AppendJoin('L', points.Reverse().Select(point => $"{Coordinate(X(point.Start))} {Y(point.Min)}")).Append('Z');
        }

        return new(series.SensorId, line.ToString(), band.ToString());
    }

    /// <summary>The buckets between gaps: a line over a gap would claim readings that are not there.</summary>
    private static IEnumerable<IReadOnlyList<SeriesBucket>> Stretches(SensorSeries series)
    {
        var limit = SensorMark.GapLimit(series) ?? TimeSpan.MaxValue;
        var stretch = new List<SeriesBucket>();

        foreach (var bucket in series.Buckets)
        {
            if (stretch.Count > 0 && bucket.Start - stretch[^1].Start > limit)
            {
                yield return stretch;
                stretch = [];
            }

            stretch.Add(bucket);
        }

        yield return stretch;
    }

    /// <summary>As many buckets as the drawing has columns for; joined ones keep their extremes.</summary>
    private static SeriesBucket[] Thin(IReadOnlyList<SeriesBucket> buckets) =>
        [.. buckets.Chunk((buckets.Count + Columns - 1) / Columns).Select(Join)];

    /// <summary>A bucket between two gaps is drawn as wide as it is: a point alone would not be seen, nor its range.</summary>
    private static SeriesBucket[] Lasting(SeriesBucket[] points, double? bucketSeconds) =>
        points is [var alone] && bucketSeconds is { } seconds ? [alone, alone with { Start = End(alone.Start, TimeSpan.FromSeconds(seconds)) }] : points;

    private static DateTimeOffset End(DateTimeOffset start, TimeSpan width) =>
        DateTimeOffset.MaxValue - start > width ? start + width : DateTimeOffset.MaxValue;

    private static SeriesBucket Join(SeriesBucket[] buckets)
    {
        var count = buckets.Sum(bucket => bucket.Count);
        var average = buckets.Sum(bucket => bucket.Avg * ((double)bucket.Count / count));
        return new(buckets[0].Start, count, buckets.Min(bucket => bucket.Min), average, buckets.Max(bucket => bucket.Max));
    }

    private static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>One sensor in a <see cref="SeriesPlot"/>, as SVG path data.</summary>
public sealed record SeriesLine(string SensorId, string Line, string Band);
