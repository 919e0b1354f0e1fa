using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SensorApp.Api.Endpoints.Safety;

namespace SensorApp.Api.Endpoints.Meta;

/// <summary>What the OpenAPI document says beyond what can be read off the routes.</summary>
public static class ApiDocument
{
    private const string KeyScheme = "apiKey";
    private const string BearerScheme = "bearer";

    public static void Configure(OpenApiOptions options)
    {
        options.AddSchemaTransformer((schema, context, _) =>
        {
            DocumentSchemas.DescribeType(schema, context);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            DescribeOperation(operation, context);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            DescribeDocument(document);
            return Task.CompletedTask;
        });
    }

    private static void DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document ?? throw new InvalidOperationException("There is no document to describe the operation in.");
        var upload = metadata.OfType<UploadBody>().FirstOrDefault();
        operation.RequestBody = upload?.Describe() ?? operation.RequestBody;
        DocumentParameters.Describe(operation, upload);
        DocumentAnswers.Describe(operation, document);
        var ofUnsafe = HttpMethods.IsGet(context.Description.HttpMethod ?? "") ? [] : new[] { ProblemCodes.OriginRefused };
        ProblemResponses.AddTo(operation, [.. metadata.OfType<MayAnswer>().SelectMany(answers => answers.Codes), .. KnownProblems.OfEveryRoute, .. ofUnsafe], document);
    }

    private static void DescribeDocument(OpenApiDocument document)
    {
        document.Info.Title = "SensorApp API";
        document.Info.Description = DocumentTexts.Api;
        document.Info.License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" };
        // Wherever the document comes from, its server is meant: the name by which it was asked for may be a proxy's.
        document.Servers = [new OpenApiServer { Url = "/" }];
        AddHealth(document);
        DocumentSchemas.Complete(document);
        AddKeys(document);

        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
        {
            tag.Description = DocumentTexts.OfTag(tag.Name);
        }
    }

    /// <summary>Either nothing or a key: which one, the settings of the service say.</summary>
    private static void AddKeys(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyCheck.Header, Description = "Asked for only where API_KEYS is set." },
            [BearerScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The same keys as a bearer token." },
        };
        document.Security =
        [
            [],
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, document)] = [] },
        ];
    }

    /// <summary>The health checks are no routes that the framework describes.</summary>
    private static void AddHealth(OpenApiDocument document)
    {
        Add(document, "/health", "GetHealth", "Whether the service can do its work; asks bucket and table.");
        Add(document, "/alive", "GetAlive", "Whether the process answers.");
    }

    private static void Add(OpenApiDocument document, string path, string operationId, string summary)
    {
        var operation = new OpenApiOperation
        {
            OperationId = operationId,
            Summary = summary,
            Tags = new HashSet<OpenApiTagReference> { new("Service", document) },
            Security = [],
        };
        DocumentAnswers.Describe(operation, document);
        ProblemResponses.AddTo(operation, [ProblemCodes.HostRefused, ProblemCodes.RequestInvalid], document);
        document.Paths[path] = new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Get] = operation } };
    }
}
