namespace SensorApp.LoadTest;

/// <summary>Durations in milliseconds; percentiles are nearest rank.</summary>
public sealed record Distribution(double Min, double Avg, double P50, double P95, double P99, double Max)
{
    /// <summary>Null when there is nothing to describe.</summary>
    public static Distribution? Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Select(duration => duration.TotalMilliseconds).Order().ToArray();
        return sorted.Length == 0
            ? null
            : new Distribution(
                sorted[0], sorted.Average(), NearestRank(sorted, 0.50), NearestRank(sorted, 0.95), NearestRank(sorted, 0.99), sorted[^1]);
    }

    private static double NearestRank(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
