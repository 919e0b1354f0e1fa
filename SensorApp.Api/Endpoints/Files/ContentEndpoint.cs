using SensorApp.Api.Processing;
using SensorApp.Api.Processing.ValidRows;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Files;

/// <summary>The file as uploaded, or only its valid rows. Whatever it contains, a browser saves it and runs nothing of it.</summary>
public static class ContentEndpoint
{
    private const string AllRows = "all";
    private const string ValidRows = "valid";

    public static async Task<IResult> GetAsync(
        [AsParameters] FileRoute route, string? rows, HttpContext context, IMetadataStore metadata, IBlobStore blobs, ProcessingOptions limits,
        CancellationToken cancellationToken)
    {
        if (rows is not (null or "" or AllRows or ValidRows))
        {
            return ApiProblem.ParameterInvalid($"Found rows '{rows}', expected '{AllRows}' or '{ValidRows}'.");
        }

        if (await route.FindAsync(metadata, cancellationToken) is not { } file)
        {
            return ApiProblem.FileNotFound(route.FileId);
        }

        var content = await blobs.OpenAsync(file.BlobKey, cancellationToken);
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";

        if (rows == ValidRows)
        {
            context.Response.Headers.ContentDisposition = Attachment.Named($"{file.FileId}-valid-rows.csv");
            return TypedResults.Stream(
                output => RowFilter.CopyAsync(content, RowChoice.Valid, UploadOptions.ReadingOptionsOf(file), limits, output, cancellationToken),
                "application/octet-stream");
        }

        context.Response.Headers.ContentDisposition = Attachment.Named(file.Filename);
        context.Response.ContentLength = file.Size;
        return TypedResults.Stream(content, "application/octet-stream");
    }
}
