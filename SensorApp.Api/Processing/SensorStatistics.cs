namespace SensorApp.Api.Processing;

/// <summary>What the valid readings of one sensor amount to. All numbers are finite.</summary>
/// <remarks>One is made for each of up to a million sensors, so they are small: a missing number is held as NaN, a time as its ticks.</remarks>
public sealed record SensorStatistics
{
    private readonly double _standardDeviation = double.NaN;
    private readonly double _p50 = double.NaN;
    private readonly double _p95 = double.NaN;
    private readonly double _p99 = double.NaN;
    private readonly long _firstTicks;
    private readonly long _lastTicks;

    public required string SensorId { get; init; }

    /// <summary>Valid readings, at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>Arithmetic mean, within 1e-12 of the exact mean plus 1e-24 of the largest magnitude.</summary>
    public required double Average { get; init; }

    public required double Minimum { get; init; }

    public required double Maximum { get; init; }

    /// <summary>Sample standard deviation; null for one reading, or when no double can hold it.</summary>
    public double? StandardDeviation
    {
        get => OptionalNumber.FromNaN(_standardDeviation);
        init => _standardDeviation = OptionalNumber.ToNaN(value);
    }

    /// <summary>Median, nearest rank, at most 1 % relative error; likewise the percentiles below.</summary>
    public double? P50
    {
        get => OptionalNumber.FromNaN(_p50);
        init => _p50 = OptionalNumber.ToNaN(value);
    }

    public double? P95
    {
        get => OptionalNumber.FromNaN(_p95);
        init => _p95 = OptionalNumber.ToNaN(value);
    }

    public double? P99
    {
        get => OptionalNumber.FromNaN(_p99);
        init => _p99 = OptionalNumber.ToNaN(value);
    }

    /// <summary>Earliest and latest timestamp, UTC.</summary>
    public required DateTimeOffset First
    {
        get => new(_firstTicks, TimeSpan.Zero);
        init => _firstTicks = value.UtcTicks;
    }

    public required DateTimeOffset Last
    {
        get => new(_lastTicks, TimeSpan.Zero);
        init => _lastTicks = value.UtcTicks;
    }

    /// <summary>The value at <see cref="Last"/>; of equal timestamps that of the later line.</summary>
    public required double LastValue { get; init; }

    /// <summary>The non-empty time buckets, ascending; empty when the file has no series (see <see cref="FileResult.Series"/>).</summary>
    public IReadOnlyList<SeriesBucket> Series { get; init; } = [];
}
