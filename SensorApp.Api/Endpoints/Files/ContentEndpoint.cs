using SensorApp.Api.Processing;
using SensorApp.Api.Processing.ValidRows;
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

        if (rows == ValidRows)
        {
            return new ChosenRows(file, content, RowChoice.Valid, limits);
        }

        Attachment.RunsNothing(context.Response);
        context.Response.Headers.ContentDisposition = Attachment.Named(file.Filename);
        context.Response.ContentLength = file.Size;
        return TypedResults.Stream(content, Attachment.ContentType);
    }
}
