using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SensorApp.Api.Endpoints.Meta;

/// <summary>What the OpenAPI document says beyond what can be read off the routes.</summary>
public static class ApiDocument
{
    private const string KeyScheme = "apiKey";

    private static readonly OpenApiParameter[] UploadParameters =
    [
        Option("timezone", ParameterLocation.Query, "IANA name of the zone of timestamps without offset; default UTC. A time that daylight saving skips is invalid; one that comes twice is standard time."),
        Option("max_invalid", ParameterLocation.Query, "The file fails when more rows than this are invalid: rows such as `100`, or a percentage such as `5%`."),
        Option("wait", ParameterLocation.Query, "Answer with the results if they are ready within so many seconds, up to 300."),
        Option("deduplicate", ParameterLocation.Query, "`true`: content that an earlier upload with this option brought is answered with the earlier file."),
        Option("Idempotency-Key", ParameterLocation.Header, "A retry with the same key within 24 hours gets the same answer, not a second file."),
    ];

    private static readonly Dictionary<string, string> TagDescriptions = new(StringComparer.Ordinal)
    {
        ["Service"] = "What this service is.",
        ["Uploads"] = "Files come in here.",
        ["Files"] = "Where files are, and what happens to them.",
        ["Results"] = "What files turned out to be.",
    };

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<UploadBody>().FirstOrDefault() is { } body)
            {
                operation.RequestBody = RequestBodyFor(body);
                operation.Parameters = [.. operation.Parameters ?? [], .. UploadParameters];
            }

            AddSharedAnswers(operation);

            return Task.CompletedTask;
        });
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info.Title = "SensorApp API";
        document.Info.Description =
            "Takes CSV files of sensor readings; answers with every bad row explained and every sensor summarised. Errors are RFC 9457 problem details with a stable `code`.";
        document.Info.License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "X-Api-Key",
                Description = "Asked for only where API_KEYS is set.",
            },
        };

        foreach (var server in document.Servers ?? [])
        {
            server.Url = server.Url?.TrimEnd('/');
        }

        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
        {
            tag.Description = TagDescriptions.GetValueOrDefault(tag.Name ?? "");
        }

        // Either nothing or a key: which one, the settings of the service say.
        document.Security = [[], new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
    }

    /// <summary>Answers that any route may give.</summary>
    private static void AddSharedAnswers(OpenApiOperation operation)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "API keys are configured, and the request carries none of them." });
        operation.Responses.TryAdd("429", new OpenApiResponse { Description = "More requests in a minute than one client may send; see Retry-After." });
    }

    private static OpenApiParameter Option(string name, ParameterLocation place, string description) => new()
    {
        Name = name,
        In = place,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiRequestBody RequestBodyFor(UploadBody body) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [body.ContentType] = new() { Schema = body.IsForm ? FormSchema() : Binary("The file's bytes.") },
        },
    };

    private static OpenApiSchema FormSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "file" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["file"] = Binary("CSV, optionally gzip; the field may be repeated."),
            ["timezone"] = Text("IANA name of the zone of timestamps without offset; default UTC. A time that daylight saving skips is invalid; one that comes twice is standard time."),
            ["max_invalid"] = Text("The file fails when more rows than this are invalid: rows such as `100`, or a percentage such as `5%`."),
        },
    };

    private static OpenApiSchema Binary(string description) => new() { Type = JsonSchemaType.String, Format = "binary", Description = description };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}

/// <summary>Marks a route that reads its body as it arrives, so that the framework cannot see what it takes.</summary>
public sealed record UploadBody(string ContentType, bool IsForm)
{
    public static UploadBody Form { get; } = new("multipart/form-data", IsForm: true);

    public static UploadBody Raw { get; } = new("application/octet-stream", IsForm: false);
}
