namespace SensorApp.Api.Processing;

/// <summary>What the valid readings of one sensor amount to. All numbers are finite.</summary>
public sealed record SensorStatistics
{
    public required string SensorId { get; init; }

    /// <summary>Valid readings, at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>Arithmetic mean, within 1e-12 of the exact mean plus 1e-24 of the largest magnitude.</summary>
    public required double Average { get; init; }

    public required double Minimum { get; init; }

    public required double Maximum { get; init; }

    /// <summary>Sample standard deviation; null for one reading, or when no double can hold it.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Median, nearest rank, at most 1 % relative error; likewise the percentiles below.</summary>
    public double? P50 { get; init; }

    public double? P95 { get; init; }

    public double? P99 { get; init; }

    /// <summary>Earliest and latest timestamp, UTC.</summary>
    public required DateTimeOffset First { get; init; }

    public required DateTimeOffset Last { get; init; }

    /// <summary>The value at <see cref="Last"/>; of equal timestamps that of the later line.</summary>
    public required double LastValue { get; init; }

    /// <summary>The non-empty time buckets, ascending; empty when the file has no series (see <see cref="FileResult.Series"/>).</summary>
    public IReadOnlyList<SeriesBucket> Series { get; init; } = [];
}
