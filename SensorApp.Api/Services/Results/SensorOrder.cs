using SensorApp.Api.Processing;

namespace SensorApp.Api.Services.Results;

/// <summary>An order of sensors other than by id.</summary>
/// <param name="Name">As clients write it, without the sign.</param>
/// <param name="IsDescending">Largest first.</param>
public sealed record SensorOrder(string Name, bool IsDescending)
{
    private static readonly Dictionary<string, Func<SensorStatistics, double?>> Values = new(StringComparer.Ordinal)
    {
        ["count"] = sensor => sensor.Count,
        ["avg"] = sensor => sensor.Average,
        ["min"] = sensor => sensor.Minimum,
        ["max"] = sensor => sensor.Maximum,
        ["stddev"] = sensor => sensor.StandardDeviation,
        ["p50"] = sensor => sensor.P50,
        ["p95"] = sensor => sensor.P95,
        ["p99"] = sensor => sensor.P99,
        ["first"] = sensor => sensor.First.UtcTicks,
        ["last"] = sensor => sensor.Last.UtcTicks,
        ["last_value"] = sensor => sensor.LastValue,
    };

    public static IEnumerable<string> Names => Values.Keys;

    public static SensorOrder? TryParse(string text)
    {
        var isDescending = text.StartsWith('-');
        var name = isDescending ? text[1..] : text;
        return Values.ContainsKey(name) ? new SensorOrder(name, isDescending) : null;
    }

    /// <summary>Where a sensor stands: smaller ranks come first; a value that is not there counts as the smallest; equal values are in order of their ids.</summary>
    public SensorRank RankOf(SensorStatistics sensor)
    {
        var value = Values[Name](sensor) ?? double.NegativeInfinity;
        return new SensorRank(IsDescending ? -value : value, sensor.SensorId);
    }
}

/// <summary>A place in a <see cref="SensorOrder"/>.</summary>
public readonly record struct SensorRank(double Value, string SensorId) : IComparable<SensorRank>
{
    public int CompareTo(SensorRank other)
    {
        var byValue = Value.CompareTo(other.Value);
        return byValue != 0 ? byValue : string.CompareOrdinal(SensorId, other.SensorId);
    }
}
