using System.Buffers;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Finds the time range worth showing, so that a logger that starts in 1970 does not flatten the chart.</summary>
internal static class SeriesWindow
{
    private const int SharePerEnd = 100;

    // Half a megabyte of counters: eight years of minutes, and the width grows with the span.
    private const int MaxCounters = 1 << 16;

    /// <summary>
    /// The range of all buckets but outlying ones: of the readings without the first and the last hundredth (one reading at least), it is the span
    /// extended by its own length to both sides. Evenly spread readings are never cut off.
    /// </summary>
    public static SeriesShape? Of(SensorTable table)
    {
        if (!table.Series.IsKept || table.Count == 0)
            return null;
        var width = table.Series.Width;
        var (first, last) = RangeOf(table);
        var counts = ((last - first) / width) + 1 <= MaxCounters ? CountInPlace(table, first, last) : CountByStart(table);
        var (low, high) = Core(counts);
        var span = high - low + width;
        var from = Math.Max(first, low - span);
        var to = Math.Min(last, high + span);
        return new SeriesShape(new TimeSpan(width), At(from), At(Math.Min(to + width, DateTime.MaxValue.Ticks)));
    }

    private static (long First, long Last) RangeOf(SensorTable table)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        for (var sensor = 0; sensor < table.Count; sensor++)
        {
            var buckets = table.Series.BucketsOf(sensor);
            first = Math.Min(first, buckets[0].Start);
            last = Math.Max(last, buckets[^1].Start);
        }

        return (first, last);
    }

    /// <summary>Readings by the start of their bucket, ascending: a counter for each bucket that the range has room for.</summary>
    private static List<(long Start, long Count)> CountInPlace(SensorTable table, long first, long last)
    {
        var width = table.Series.Width;
        var length = (int)((last - first) / width) + 1;
        var counters = ArrayPool<long>.Shared.Rent(length);
        counters.AsSpan(0, length).Clear();
        for (var sensor = 0; sensor < table.Count; sensor++)
            foreach (ref readonly var bucket in table.Series.BucketsOf(sensor))
                counters[(bucket.Start - first) / width] += bucket.Count;

        var counts = new List<(long Start, long Count)>();
        for (var i = 0; i < length; i++)
            if (counters[i] > 0)
                counts.Add((first + (i * width), counters[i]));
        ArrayPool<long>.Shared.Return(counters);
        return counts;
    }

    /// <summary>The same for a range with too much room.</summary>
    private static List<(long Start, long Count)> CountByStart(SensorTable table)
    {
        var counts = new Dictionary<long, long>();
        for (var sensor = 0; sensor < table.Count; sensor++)
            foreach (ref readonly var bucket in table.Series.BucketsOf(sensor))
                counts[bucket.Start] = counts.GetValueOrDefault(bucket.Start) + bucket.Count;
        return [.. counts.OrderBy(count => count.Key).Select(count => (count.Key, count.Value))];
    }

    private static (long Low, long High) Core(List<(long Start, long Count)> counts)
    {
        var readings = counts.Sum(count => count.Count);
        var outlying = readings < 4 ? 0 : Math.Max(1, readings / SharePerEnd);
        return (Reach(counts, outlying, 0, 1), Reach(counts, outlying, counts.Count - 1, -1));
    }

    private static long Reach(List<(long Start, long Count)> counts, long outlying, int at, int step)
    {
        for (var seen = counts[at].Count; seen <= outlying; seen += counts[at].Count)
            at += step;
        return counts[at].Start;
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
