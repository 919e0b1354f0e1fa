using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SensorApp.Api.Endpoints.Files;
using SensorApp.Api.Processing;
using SensorApp.Api.Processing.Documents;
using SensorApp.Api.Processing.ValidRows;
using SensorApp.Api.Services.Results;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>The invalid rows: page by page, as CSV, or as rows that can be repaired and uploaded again.</summary>
public static class ErrorEndpoint
{
    private const int DefaultLimit = 100;
    private const int MostPerPage = 1000;

    public static async Task<IResult> GetAsync(
        [AsParameters] FileRoute route, [AsParameters] ErrorQuery query, HttpContext context, IMetadataStore metadata, IBlobStore blobs, ResultReader results,
        ProcessingOptions limits, CancellationToken cancellationToken)
    {
        if (query.Format is not (null or "" or "json" or "csv" or "rows"))
        {
            return ApiProblem.ParameterInvalid($"Found format '{query.Format}', expected 'json', 'csv' or 'rows'.");
        }

        if (!PageLimit.TryParse(query.Limit, DefaultLimit, MostPerPage, out var count))
        {
            return ApiProblem.ParameterInvalid(PageLimit.Expected(query.Limit, MostPerPage));
        }

        if (!TryDecode(query.Cursor, out var offset))
        {
            return ApiProblem.ParameterInvalid($"Found cursor '{query.Cursor}', expected the next_cursor of an earlier page.");
        }

        var reason = string.IsNullOrEmpty(query.Reason) ? null : query.Reason;

        if (reason is not null && !RejectionReasons.All.Contains(reason))
        {
            return ApiProblem.ParameterInvalid($"Found reason '{reason}', expected one of {string.Join(", ", RejectionReasons.All)}.");
        }

        if (await route.FindAsync(metadata, cancellationToken) is not { } file)
        {
            return ApiProblem.FileNotFound(route.FileId);
        }

        if (ResultETag.IsKnownToClient(context, file, $"errors-{query.Format}"))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (query.Format == "rows")
        {
            return new ChosenRows(file, await blobs.OpenAsync(file.BlobKey, cancellationToken), RowChoice.Invalid, limits);
        }

        var document = await results.OpenAsync(file, cancellationToken);
        return query.Format == "csv"
            ? new ErrorCsv(file, document, reason)
            : TypedResults.Ok(await ReadPageAsync(file, document, reason, offset, count, cancellationToken));
    }

    private static async Task<ErrorsAnswer> ReadPageAsync(
        FileRecord file, ResultDocument? document, string? reason, int offset, int count, CancellationToken cancellationToken)
    {
        // One more than the page: where it stands, the next page begins.
        var found = await RowsAsync(document, reason, offset, cancellationToken).Take(count + 1).ToListAsync(cancellationToken);
        var next = found.Count > count ? Cursor.Encode(found[count].Place.ToString(CultureInfo.InvariantCulture)) : null;
        return new ErrorsAnswer(
            file.FileId, file.InvalidRows, document?.RejectionCount ?? 0, file.ErrorsByReason ?? new Dictionary<string, long>(), document?.Header.HeaderLine,
            [.. found.Take(count).Select(row => RowErrorAnswer.From(row.Rejection))], next);
    }

    /// <summary>The rows kept in detail from a place among all of them on; with a reason only those rejected for it.</summary>
    private static IAsyncEnumerable<(Rejection Rejection, int Place)> RowsAsync(ResultDocument? document, string? reason, int offset, CancellationToken cancellationToken) =>
        (document?.RejectionsAsync(offset, cancellationToken) ?? AsyncEnumerable.Empty<Rejection>())
            .Select((rejection, index) => (rejection, offset + index))
            .Where(row => reason is null || row.rejection.Reason == reason);

    private static bool TryDecode(string? cursor, out int offset)
    {
        offset = 0;
        return string.IsNullOrEmpty(cursor)
            || (Cursor.TryDecode(cursor, out string place) && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out offset));
    }

    private sealed class ErrorCsv(FileRecord file, ResultDocument? document, string? reason) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            context.Response.ContentType = ResultCsv.ContentType;
            context.Response.Headers.ContentDisposition = Attachment.Named($"{file.FileId}-errors.csv");
            var lines = new CsvLines(context.Response.BodyWriter);
            await lines.WriteAsync(context.RequestAborted, "line", "column", "reason", "raw");

            await foreach (var (row, _) in RowsAsync(document, reason, offset: 0, context.RequestAborted))
            {
                await lines.WriteAsync(context.RequestAborted, row.Line, row.Column, row.Reason, row.Raw);
            }
        }
    }
}

/// <summary>Which invalid rows, and how.</summary>
/// <param name="Format"><c>json</c>, <c>csv</c> or <c>rows</c>.</param>
/// <param name="Reason">Only rows rejected for this reason; <c>rows</c> are always all.</param>
/// <param name="Limit">Rows a page.</param>
/// <param name="Cursor">The <c>next_cursor</c> of the page before.</param>
public sealed record ErrorQuery(
    [property: FromQuery(Name = "format")] string? Format,
    [property: FromQuery(Name = "reason")] string? Reason,
    [property: FromQuery(Name = "limit")] string? Limit,
    [property: FromQuery(Name = "cursor")] string? Cursor);
