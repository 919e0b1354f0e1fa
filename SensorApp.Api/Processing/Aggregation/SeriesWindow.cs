namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Finds the time range worth showing, so that a logger that starts in 1970 does not flatten the chart.</summary>
internal static class SeriesWindow
{
    private const int SharePerEnd = 100;

    /// <summary>
    /// The range of all buckets but outlying ones: of the readings without the first and the last hundredth (one reading at least), it is the span
    /// extended by its own length to both sides. Evenly spread readings are never cut off.
    /// </summary>
    public static SeriesShape? Of(SensorTable table)
    {
        if (!table.Series.IsKept || table.Count == 0)
            return null;
        var counts = CountsByStart(table);
        var width = table.Series.Width;
        var (first, last) = (counts.Keys[0], counts.Keys[^1]);
        var (low, high) = Core(counts);
        var span = high - low + width;
        var from = Math.Max(first, low - span);
        var to = Math.Min(last, high + span);
        return new SeriesShape(new TimeSpan(width), At(from), At(Math.Min(to + width, DateTime.MaxValue.Ticks)));
    }

    private static SortedList<long, long> CountsByStart(SensorTable table)
    {
        var counts = new Dictionary<long, long>();
        for (var sensor = 0; sensor < table.Count; sensor++)
            foreach (ref readonly var bucket in table.Series.BucketsOf(sensor))
                counts[bucket.Start] = counts.GetValueOrDefault(bucket.Start) + bucket.Count;
        return new SortedList<long, long>(counts);
    }

    private static (long Low, long High) Core(SortedList<long, long> counts)
    {
        var readings = counts.Values.Sum();
        var outlying = readings < 4 ? 0 : Math.Max(1, readings / SharePerEnd);
        return (Reach(counts, outlying, 0, 1), Reach(counts, outlying, counts.Count - 1, -1));
    }

    private static long Reach(SortedList<long, long> counts, long outlying, int at, int step)
    {
        for (var seen = counts.Values[at]; seen <= outlying; seen += counts.Values[at])
            at += step;
        return counts.Keys[at];
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
