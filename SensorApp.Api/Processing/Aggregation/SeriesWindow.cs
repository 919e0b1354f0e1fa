namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Finds the time range worth showing, so that a logger that starts in 1970 does not flatten the chart.</summary>
internal static class SeriesWindow
{
    private const int SharePerEnd = 100;
    private const int MaxCells = 1024;

    /// <summary>
    /// The range of all buckets but outlying ones: of the readings without the first and the last hundredth (one reading at least), it is the span
    /// extended by its own length to both sides, as far as there are readings. Evenly spread readings are never cut off.
    /// </summary>
    public static SeriesShape? Of(SensorTable table)
    {
        if (!table.Series.IsKept || table.Count == 0)
            return null;
        var width = table.Series.Width;
        var (first, last) = RangeOf(table, long.MinValue, long.MaxValue);
        var (low, high) = Core(table, first, last);
        var span = high - low + width;
        var (from, to) = RangeOf(table, low - span, high + span);
        return new SeriesShape(new TimeSpan(width), At(from), At(Math.Min(to + width, DateTime.MaxValue.Ticks)));
    }

    /// <summary>The first and the last start of a bucket within the limits.</summary>
    private static (long First, long Last) RangeOf(SensorTable table, long from, long to)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        for (var sensor = 0; sensor < table.Count; sensor++)
        {
            // They ascend, so only those beyond the limits have to be passed over.
            var buckets = table.Series.BucketsOf(sensor);
            while (!buckets.IsEmpty && buckets[0].Start < from)
                buckets = buckets[1..];
            while (!buckets.IsEmpty && buckets[^1].Start > to)
                buckets = buckets[..^1];
            if (buckets.IsEmpty)
                continue;
            first = Math.Min(first, buckets[0].Start);
            last = Math.Max(last, buckets[^1].Start);
        }

        return (first, last);
    }

    /// <summary>Starts of the buckets of the first and the last reading that is not outlying. Counts roughly at first, and looks closely only at the two cells they are in.</summary>
    private static (long Low, long High) Core(SensorTable table, long first, long last)
    {
        var cells = new Cells(first, last, table.Series.Width);
        Span<long> counts = stackalloc long[MaxCells];
        var readings = 0L;
        for (var sensor = 0; sensor < table.Count; sensor++)
        {
            foreach (ref readonly var bucket in table.Series.BucketsOf(sensor))
            {
                counts[cells.Of(bucket.Start)] += bucket.Count;
                readings += bucket.Count;
            }
        }

        var outlying = readings < 4 ? 0 : Math.Max(1, readings / SharePerEnd);
        var (lowCell, highCell) = (0, MaxCells - 1);
        var (before, behind) = (0L, 0L);
        while (before + counts[lowCell] <= outlying)
            before += counts[lowCell++];
        while (behind + counts[highCell] <= outlying)
            behind += counts[highCell--];
        return (
            Reach(BucketsIn(table, cells, lowCell), outlying - before),
            Reach(BucketsIn(table, cells, highCell).Reverse(), outlying - behind));
    }

    /// <summary>Start and readings of the buckets in a cell, ascending.</summary>
    private static IEnumerable<(long Start, long Count)> BucketsIn(SensorTable table, Cells cells, int cell)
    {
        var found = new List<(long Start, long Count)>();
        for (var sensor = 0; sensor < table.Count; sensor++)
        {
            var buckets = table.Series.BucketsOf(sensor);
            for (var i = FirstIn(cell, buckets, cells); i < buckets.Length && cells.Of(buckets[i].Start) == cell; i++)
                found.Add((buckets[i].Start, buckets[i].Count));
        }

        found.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        return found;
    }

    /// <summary>The first bucket in the cell or in a later one.</summary>
    private static int FirstIn(int cell, ReadOnlySpan<SeriesAccumulator> buckets, Cells cells)
    {
        var (low, high) = (0, buckets.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (cells.Of(buckets[middle].Start) < cell)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static long Reach(IEnumerable<(long Start, long Count)> buckets, long outlying)
    {
        var seen = 0L;
        foreach (var (start, count) in buckets)
        {
            seen += count;
            if (seen > outlying)
                return start;
        }

        throw new InvalidOperationException("A cell has fewer readings than were counted in it.");
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    /// <summary>Equal parts of a range of bucket starts. Where exactly they meet does not matter, as long as starts never go to an earlier cell than an earlier start.</summary>
    private readonly struct Cells(long first, long last, long width)
    {
        private readonly double _perTick = MaxCells / (double)(last - first + width);

        public int Of(long start) => Math.Min((int)((start - first) * _perTick), MaxCells - 1);
    }
}
