using SensorApp.Api.Endpoints.Meta;
using SensorApp.Api.Services.Results;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>What files turned out to be.</summary>
public static class ResultEndpoints
{
    private const string Csv = "csv";
    private const string Json = "json";

    public static void MapResults(this IEndpointRouteBuilder app)
    {
        var results = app.MapGroup("/results/{file_id}").WithTags("Results")
            .MayAnswer(ProblemCodes.ParameterInvalid, ProblemCodes.FileNotFound, ProblemCodes.StorageUnavailable)
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
        results.MapGet("", GetResultAsync).WithName("GetResult").WithSummary("What a file turned out to be, as JSON or CSV.")
            .Produces<ResultAnswer>();
        results.MapGet("/sensors", SensorEndpoint.GetAsync).WithName("ListSensors").WithSummary("The per-sensor rows, searched, sorted and paged.")
            .Produces<SensorsAnswer>();
        results.MapGet("/errors", ErrorEndpoint.GetAsync).WithName("ListErrors").WithSummary("The invalid rows, paged; as CSV; or as rows to repair.")
            .Produces<ErrorsAnswer>();
        results.MapGet("/series", SeriesEndpoint.GetAsync).WithName("GetSeries").WithSummary("The readings of one sensor in time buckets.")
            .MayAnswer(ProblemCodes.SensorNotFound);
    }

    private static async Task<IResult> GetResultAsync(
        [AsParameters] FileRoute route, string? format, HttpContext context, IMetadataStore metadata, ResultReader results, CancellationToken cancellationToken)
    {
        if (format is not (null or "" or Csv or Json))
        {
            return ApiProblem.ParameterInvalid($"Found format '{format}', expected 'json' or 'csv'.");
        }

        if (await route.FindAsync(metadata, cancellationToken) is not { } file)
        {
            return ApiProblem.FileNotFound(route.FileId);
        }

        var representation = format is { Length: > 0 } ? format : PrefersCsv(context.Request) ? Csv : Json;
        context.Response.Headers.Vary = "Accept";

        if (ResultETag.IsKnownToClient(context, file, representation))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var document = await results.OpenAsync(file, cancellationToken);
        return representation == Csv ? new ResultCsv(file, document) : ResultJson.For(file, document);
    }

    /// <summary>Whether <c>text/csv</c> is asked for, and preferred to JSON.</summary>
    private static bool PrefersCsv(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var csv = accepted.Where(type => type.MediaType == "text/csv").Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
        var json = accepted.Where(type => type.MediaType == "application/json").Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
        return csv > json;
    }
}
