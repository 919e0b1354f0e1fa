namespace SensorApp.Web.Api;

/// <summary>The readings of one sensor in time buckets, as <c>GET /results/{file_id}/series</c> tells it.</summary>
/// <param name="BucketSeconds">Width of every bucket; null when the file has no series.</param>
/// <param name="From">Start of the range worth showing: a few outlying timestamps may lie before it.</param>
/// <param name="To">End of that range, exclusive.</param>
/// <param name="Buckets">Non-empty buckets, ascending.</param>
public sealed record SensorSeries(string SensorId, double? BucketSeconds, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<SeriesBucket> Buckets);

/// <summary>The readings that fall into one bucket.</summary>
public sealed record SeriesBucket(DateTimeOffset Start, long Count, double Min, double Avg, double Max);
