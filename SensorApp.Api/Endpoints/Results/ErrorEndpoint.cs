using System.Globalization;
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
        [AsParameters] FileRoute route, string? format, string? limit, string? cursor, HttpContext context, IMetadataStore metadata, IBlobStore blobs,
        ResultReader results, ProcessingOptions limits, CancellationToken cancellationToken)
    {
        if (format is not (null or "" or "json" or "csv" or "rows"))
        {
            return ApiProblem.ParameterInvalid($"Found format '{format}', expected 'json', 'csv' or 'rows'.");
        }

        if (!PageLimit.TryParse(limit, DefaultLimit, MostPerPage, out var count))
        {
            return ApiProblem.ParameterInvalid(PageLimit.Expected(limit, MostPerPage));
        }

        if (!TryDecode(cursor, out var offset))
        {
            return ApiProblem.ParameterInvalid($"Found cursor '{cursor}', expected the next_cursor of an earlier page.");
        }

        if (await route.FindAsync(metadata, cancellationToken) is not { } file)
        {
            return ApiProblem.FileNotFound(route.FileId);
        }

        if (ResultETag.IsKnownToClient(context, file, $"errors-{format}"))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (format == "rows")
        {
            return new ChosenRows(file, await blobs.OpenAsync(file.BlobKey, cancellationToken), RowChoice.Invalid, limits);
        }

        var document = await results.OpenAsync(file, cancellationToken);
        return format == "csv"
            ? new ErrorCsv(file, document)
            : TypedResults.Ok(await ReadPageAsync(file, document, offset, count, cancellationToken));
    }

    private static async Task<ErrorsAnswer> ReadPageAsync(FileRecord file, ResultDocument? document, int offset, int count, CancellationToken cancellationToken)
    {
        var rows = document is null
            ? []
            : await document.RejectionsAsync(offset, cancellationToken).Take(count).Select(RowErrorAnswer.From).ToListAsync(cancellationToken);
        var detailed = document?.RejectionCount ?? 0;
        var next = offset + rows.Count < detailed ? Cursor.Encode((offset + rows.Count).ToString(CultureInfo.InvariantCulture)) : null;
        return new ErrorsAnswer(file.FileId, file.InvalidRows, detailed, file.ErrorsByReason ?? new Dictionary<string, long>(), document?.Header.HeaderLine, rows, next);
    }

    private static bool TryDecode(string? cursor, out int offset)
    {
        offset = 0;
        return string.IsNullOrEmpty(cursor)
            || (Cursor.TryDecode(cursor, out string place) && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out offset));
    }

    private sealed class ErrorCsv(FileRecord file, ResultDocument? document) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            context.Response.ContentType = ResultCsv.ContentType;
            context.Response.Headers.ContentDisposition = Attachment.Named($"{file.FileId}-errors.csv");
            var lines = new CsvLines(context.Response.BodyWriter);
            await lines.WriteAsync(context.RequestAborted, "line", "column", "reason", "raw");

            if (document is null)
            {
                return;
            }

            await foreach (var row in document.RejectionsAsync(offset: 0, context.RequestAborted))
            {
                await lines.WriteAsync(context.RequestAborted, row.Line, row.Column, row.Reason, row.Raw);
            }
        }
    }
}
