using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Files;

/// <summary>The file as uploaded. Whatever it contains, a browser saves it and runs nothing of it.</summary>
public static class ContentEndpoint
{
    public static async Task<IResult> GetAsync(
        [AsParameters] FileRoute route, string? rows, HttpContext context, IMetadataStore metadata, IBlobStore blobs, CancellationToken cancellationToken)
    {
        if (rows is not (null or "" or "all"))
        {
            return ApiProblem.ParameterInvalid($"Found rows '{rows}', expected 'all'.");
        }

        if (await route.FindAsync(metadata, cancellationToken) is not { } file)
        {
            return ApiProblem.FileNotFound(route.FileId);
        }

        context.Response.Headers.ContentDisposition = Attachment.Named(file.Filename);
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        context.Response.ContentLength = file.Size;
        return TypedResults.Stream(await blobs.OpenAsync(file.BlobKey, cancellationToken), "application/octet-stream");
    }
}
