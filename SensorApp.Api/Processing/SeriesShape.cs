namespace SensorApp.Api.Processing;

/// <summary>How the time buckets of a file lie.</summary>
/// <param name="Width">Width of every bucket, one of a fixed ladder from a second to 52 weeks. A bucket starts at a whole multiple of it since 0001-01-01 UTC.</param>
/// <param name="From">Start of the range worth showing: a few readings with outlying timestamps may lie before it.</param>
/// <param name="To">End of that range, exclusive.</param>
public sealed record SeriesShape(TimeSpan Width, DateTimeOffset From, DateTimeOffset To);

/// <summary>The readings, at least one, of one sensor from <paramref name="Start"/> (UTC) on for the width of a bucket. All numbers are finite.</summary>
public readonly record struct SeriesBucket(DateTimeOffset Start, long Count, double Minimum, double Average, double Maximum);
