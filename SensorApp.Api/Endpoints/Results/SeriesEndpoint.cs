using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SensorApp.Api.Processing;
using SensorApp.Api.Services.Results;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>The readings of one sensor in time buckets, for charts.</summary>
public static class SeriesEndpoint
{
    public static async Task<Results<Ok<SeriesAnswer>, StatusCodeHttpResult, ProblemHttpResult>> GetAsync(
        [AsParameters] FileRoute route, string? sensor, string? from, string? to, HttpContext context, IMetadataStore metadata, ResultReader results,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(sensor))
        {
            return ApiProblem.ParameterInvalid("Found no sensor, expected the sensor_id of one of the file's sensors.");
        }

        if (!TryParse(from, DateTimeOffset.MinValue, out var start) || !TryParse(to, DateTimeOffset.MaxValue, out var end))
        {
            return ApiProblem.ParameterInvalid($"Found from '{from}' and to '{to}', expected timestamps such as 2026-03-02T00:00:00Z.");
        }

        if (await route.FindAsync(metadata, cancellationToken) is not { } file)
        {
            return ApiProblem.FileNotFound(route.FileId);
        }

        if (ResultETag.IsKnownToClient(context, file, "series"))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var document = await results.OpenAsync(file, cancellationToken);

        if (document is null || await document.SensorAsync(sensor, cancellationToken) is not { } statistics)
        {
            return ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.SensorNotFound, $"Found no sensor '{sensor}' in the results of file '{file.FileId}', which is {file.Status.ToName()}.");
        }

        var shape = document.Header.Series;
        // The end of the last bucket may lie beyond the last moment that there is.
        var buckets = statistics.Series.Where(bucket => start - bucket.Start < (shape?.Width ?? TimeSpan.Zero) && bucket.Start < end);
        return TypedResults.Ok(new SeriesAnswer(
            file.FileId, sensor, shape?.Width.TotalSeconds, shape?.From, shape?.To, [.. buckets.Select(BucketAnswer.From)]));
    }

    private static bool TryParse(string? text, DateTimeOffset missing, out DateTimeOffset time)
    {
        time = missing;
        return string.IsNullOrEmpty(text)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}

/// <summary>The series of one sensor.</summary>
/// <param name="FileId">The file.</param>
/// <param name="SensorId">The sensor.</param>
/// <param name="BucketSeconds">Width of every bucket; null when the file has too many sensors for series.</param>
/// <param name="From">Start of the range worth showing: a few outlying timestamps may lie before it.</param>
/// <param name="To">End of that range, exclusive.</param>
/// <param name="Buckets">Non-empty buckets, ascending.</param>
public sealed record SeriesAnswer(
    string FileId, string SensorId, double? BucketSeconds, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<BucketAnswer> Buckets);

/// <summary>The readings of one bucket.</summary>
public sealed record BucketAnswer(DateTimeOffset Start, long Count, double Min, double Avg, double Max)
{
    public static BucketAnswer From(SeriesBucket bucket) => new(bucket.Start, bucket.Count, bucket.Minimum, bucket.Average, bucket.Maximum);
}
