using System.Collections;
using System.Text;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The sensors of a finished table as statistics, sorted by the UTF-8 bytes of their ids; each is made when it is asked for.</summary>
internal sealed class SensorSummaries(SensorTable table) : IReadOnlyCollection<SensorStatistics>
{
    public int Count => table.Count;

    public IEnumerator<SensorStatistics> GetEnumerator()
    {
        foreach (var sensor in IdOrder.Of(table))
            yield return table.Tallies.TryGetOnlyReading(sensor, out var reading) ? Summarise(sensor, reading) : Summarise(sensor);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Of one reading, which is its own mean, extremes and percentiles.</summary>
    private SensorStatistics Summarise(int sensor, in ReadingRun only)
    {
        // Of zeros of both signs the positive one.
        var value = only.Values[0] + 0.0;
        var time = new DateTimeOffset(only.Ticks[0], TimeSpan.Zero);
        return new SensorStatistics
        {
            SensorId = IdOf(sensor),
            Count = 1,
            Average = value,
            Minimum = value,
            Maximum = value,
            P50 = value,
            P95 = value,
            P99 = value,
            First = time,
            Last = time,
            LastValue = only.Values[0],
            Series = SeriesOf(sensor),
        };
    }

    private SensorStatistics Summarise(int sensor)
    {
        ref readonly var tally = ref table.Tallies.Tally(sensor);
        var (mean, deviation) = tally.Spread();
        Span<long> ranks = [RankOf(50, tally.Count), RankOf(95, tally.Count), RankOf(99, tally.Count)];
        Span<double> percentiles = stackalloc double[ranks.Length];
        table.Tallies.ReadingsAt(sensor, ranks, percentiles);
        return new SensorStatistics
        {
            SensorId = IdOf(sensor),
            Count = tally.Count,
            Average = mean,
            Minimum = tally.Minimum,
            Maximum = tally.Maximum,
            StandardDeviation = deviation,
            P50 = Math.Clamp(percentiles[0], tally.Minimum, tally.Maximum),
            P95 = Math.Clamp(percentiles[1], tally.Minimum, tally.Maximum),
            P99 = Math.Clamp(percentiles[2], tally.Minimum, tally.Maximum),
            First = tally.First,
            Last = tally.Last,
            LastValue = tally.LastValue,
            Series = SeriesOf(sensor),
        };
    }

    private string IdOf(int sensor) => Encoding.UTF8.GetString(table.IdOf(sensor, stackalloc byte[SensorKey.InlineLength]));

    private IReadOnlyList<SeriesBucket> SeriesOf(int sensor) => table.Series.IsKept ? table.Series.ListOf(sensor) : [];

    /// <summary>Nearest rank: of the reading that so many percent of all are not above.</summary>
    private static long RankOf(int percent, long count) => ((percent * count) + 99) / 100;
}
