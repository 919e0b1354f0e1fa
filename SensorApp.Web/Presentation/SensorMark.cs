using SensorApp.Web.Api;

namespace SensorApp.Web.Presentation;

/// <summary>Something about a sensor that a person should look at.</summary>
/// <param name="Label">A word or two beside its name.</param>
/// <param name="Explanation">The rule that it met, with its numbers.</param>
/// <param name="Silence">Of a gap: the readings before and after it.</param>
public sealed record SensorMark(string Label, string Explanation, (DateTimeOffset From, DateTimeOffset To)? Silence = null)
{
    /// <summary>The rules as the page tells them.</summary>
    public const string Rules =
        "Flat: at least 10 readings, all with the same value. "
        + "Outlier: the minimum or maximum lies more than 6 standard deviations from the average. "
        + "Gap (looked for in charted sensors): a silence of more than 10 times the usual distance between readings.";

    private const int FlatFromReadings = 10;
    private const double OutlierDeviations = 6;
    private const double GapFactor = 10;

    // Fewer distances than this say nothing about what is usual.
    private const int GapFromBuckets = 6;

    /// <summary>All marks of a sensor.</summary>
    /// <param name="series">Its series, when it is at hand: gaps are found there.</param>
    public static IEnumerable<SensorMark> Of(SensorRow sensor, SensorSeries? series)
    {
        if (sensor.Count >= FlatFromReadings && sensor.Min.Equals(sensor.Max))
        {
            yield return new("flat", $"All {Shown.Count(sensor.Count)} readings have the same value.");
        }

        if (sensor.Stddev is > 0 and { } deviation && Math.Max(sensor.Max - sensor.Avg, sensor.Avg - sensor.Min) > OutlierDeviations * deviation)
        {
            var far = sensor.Max - sensor.Avg > sensor.Avg - sensor.Min ? sensor.Max : sensor.Min;
            yield return new("outlier", $"{Shown.Exact(far)} lies more than {OutlierDeviations} standard deviations from the average.");
        }

        if (series is not null && LongestGap(series) is { } gap)
        {
            yield return new("gap", $"No readings from {Shown.Utc(gap.From)} to {Shown.Utc(gap.To)}.", gap);
        }
    }

    /// <summary>How long a silence must be to count as a gap; null where the series is too short to tell.</summary>
    public static TimeSpan? GapLimit(SensorSeries series)
    {
        if (series.Buckets.Count <= GapFromBuckets)
        {
            return null;
        }

        var distances = series.Buckets.Zip(series.Buckets.Skip(1), (one, next) => next.Start - one.Start).Order().ToList();
        return distances[distances.Count / 2] * GapFactor;
    }

    private static (DateTimeOffset From, DateTimeOffset To)? LongestGap(SensorSeries series)
    {
        if (GapLimit(series) is not { } limit)
        {
            return null;
        }

        var (before, after) = series.Buckets.Zip(series.Buckets.Skip(1)).MaxBy(pair => pair.Second.Start - pair.First.Start);
        return after.Start - before.Start > limit ? (before.Start, after.Start) : null;
    }
}
