using System.Buffers.Binary;
using System.Collections;
using System.Text;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The sensors of a finished table as statistics, sorted by the UTF-8 bytes of their ids; each is made when it is asked for.</summary>
internal sealed class SensorSummaries(SensorTable table) : IReadOnlyCollection<SensorStatistics>
{
    public int Count => table.Count;

    public IEnumerator<SensorStatistics> GetEnumerator()
    {
        var buckets = new List<(double Value, long Count)>();
        foreach (var sensor in SortedSensors())
            yield return Summarise(sensor, buckets);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private SensorStatistics Summarise(int sensor, List<(double Value, long Count)> buckets)
    {
        ref readonly var tally = ref table.Tally(sensor);
        var (mean, deviation) = tally.Spread();
        table.CopySketch(sensor, buckets);
        return new SensorStatistics
        {
            SensorId = Encoding.UTF8.GetString(table.IdOf(sensor, stackalloc byte[SensorKey.InlineLength])),
            Count = tally.Count,
            Average = mean,
            Minimum = tally.Minimum,
            Maximum = tally.Maximum,
            StandardDeviation = deviation,
            P50 = Percentile(50, tally, buckets),
            P95 = Percentile(95, tally, buckets),
            P99 = Percentile(99, tally, buckets),
            First = tally.First,
            Last = tally.Last,
            LastValue = tally.LastValue,
            Series = table.Series.IsKept ? new SensorBuckets(table.Series, sensor) : [],
        };
    }

    /// <summary>Nearest rank.</summary>
    private static double Percentile(int percent, in SensorTally tally, List<(double Value, long Count)> buckets)
    {
        var rank = ((percent * tally.Count) + 99) / 100;
        foreach (var (value, count) in buckets)
        {
            rank -= count;
            if (rank <= 0)
                return Math.Clamp(value, tally.Minimum, tally.Maximum);
        }

        return tally.Maximum;
    }

    // The first sixteen bytes as one number decide almost always, and numbers sort much faster than spans.
    private int[] SortedSensors()
    {
        var sensors = new int[table.Count];
        var prefixes = new UInt128[table.Count];
        Span<byte> buffer = stackalloc byte[SensorKey.InlineLength];
        Span<byte> prefix = stackalloc byte[SensorKey.InlineLength];
        for (var i = 0; i < sensors.Length; i++)
        {
            sensors[i] = i;
            var id = table.IdOf(i, buffer);
            prefix.Clear();
            id[..Math.Min(id.Length, prefix.Length)].CopyTo(prefix);
            prefixes[i] = BinaryPrimitives.ReadUInt128BigEndian(prefix);
        }

        Array.Sort(prefixes, sensors);
        SortEqualPrefixes(prefixes, sensors);
        return sensors;
    }

    private void SortEqualPrefixes(UInt128[] prefixes, int[] sensors)
    {
        for (var start = 0; start < sensors.Length;)
        {
            var end = start + 1;
            while (end < sensors.Length && prefixes[end] == prefixes[start])
                end++;
            if (end - start > 1)
                sensors.AsSpan(start, end - start).Sort(CompareIds);
            start = end;
        }
    }

    private int CompareIds(int left, int right)
    {
        Span<byte> leftBuffer = stackalloc byte[SensorKey.InlineLength];
        Span<byte> rightBuffer = stackalloc byte[SensorKey.InlineLength];
        return table.IdOf(left, leftBuffer).SequenceCompareTo(table.IdOf(right, rightBuffer));
    }
}
