using Microsoft.OpenApi;

namespace SensorApp.Api.Endpoints.Meta;

/// <summary>Marks a route that reads its body as it arrives, so that the framework cannot see what it takes.</summary>
/// <param name="ContentType">The body's type.</param>
/// <param name="IsForm">A multipart form, not the bytes of one file.</param>
/// <param name="IsStored">An upload, not a dry run.</param>
public sealed record UploadBody(string ContentType, bool IsForm, bool IsStored)
{
    public static UploadBody Form { get; } = new("multipart/form-data", IsForm: true, IsStored: true);

    public static UploadBody Raw { get; } = new("application/octet-stream", IsForm: false, IsStored: true);

    public static UploadBody DryRun { get; } = new("multipart/form-data", IsForm: true, IsStored: false);

    /// <summary>How the OpenAPI document describes it.</summary>
    public OpenApiRequestBody Describe() => new()
    {
        Required = true,
        Description = IsForm ? "A form with the file in field `file`; its options may stand in the query instead." : "The file's bytes: CSV, optionally gzip.",
        Content = new Dictionary<string, OpenApiMediaType> { [ContentType] = new() { Schema = IsForm ? FormSchema() : Binary("The file's bytes.") } },
    };

    private OpenApiSchema FormSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "file" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["file"] = Binary(IsStored
                ? "CSV, optionally gzip; the field may be repeated. Options may stand before or behind the files."
                : "CSV, optionally gzip. Options stand before it: it is read as it arrives."),
            ["timezone"] = Text(DocumentParameters.TimeZone),
            ["max_invalid"] = Text(DocumentParameters.MaxInvalid),
        },
    };

    private static OpenApiSchema Binary(string description) => new() { Type = JsonSchemaType.String, Format = "binary", Description = description };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
