using Microsoft.OpenApi;

namespace SensorApp.Api.Endpoints.Meta;

/// <summary>Headers of answers, for the OpenAPI document.</summary>
internal static class DocumentHeaders
{
    public static readonly OpenApiHeader RetryAfter = new()
    {
        Description = "Seconds after which to try again.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
    };

    public static readonly OpenApiHeader Location = Text("Where the file's status is.");

    public static readonly OpenApiHeader ETag = Text("Of a final result: sent back as `If-None-Match`, it is answered with 304 until the file is processed again.");

    public static readonly OpenApiHeader ContentDisposition = Text("`attachment`, with a file name.");

    private static OpenApiHeader Text(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
