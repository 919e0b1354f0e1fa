using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace SensorApp.Api.Endpoints.Meta;

/// <summary>Describes problem details in the OpenAPI document: one response a status, one example a code.</summary>
internal static class ProblemResponses
{
    public const string Schema = "Problem";
    private const string ContentType = "application/problem+json";
    private const string Trace = "6f446bc7bade1f07fd1cffe874b22a81";

    private static readonly int[] WithRetryAfter = [StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable];

    public static void AddTo(OpenApiOperation operation, IEnumerable<string> codes, OpenApiDocument document)
    {
        operation.Responses ??= [];

        foreach (var problems in codes.Distinct().Select(KnownProblems.Of).GroupBy(problem => problem.Status).OrderBy(problems => problems.Key))
        {
            operation.Responses[problems.Key.ToString(CultureInfo.InvariantCulture)] = ResponseFor(problems.Key, [.. problems], document);
        }
    }

    public static OpenApiSchema SchemaOfAll() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Problem details (RFC 9457).",
        Required = new HashSet<string> { "type", "title", "status", "detail", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Address of the definition of the HTTP status."),
            ["title"] = Text("Name of the HTTP status."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("One sentence for a person: what was found, and what was expected."),
            ["code"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "What happened, for programs; it does not change from version to version.",
                Enum = [.. KnownProblems.All.Select(problem => JsonValue.Create(problem.Code))],
            },
            ["trace_id"] = Text("W3C id of the request's trace, or, where nothing makes traces, the server's own id of the request. With `internal_error` and `storage_unavailable` the log names it too."),
            ["exception"] = Text("Of `internal_error`, and only in Development or with DEBUG: what went wrong, with its stack trace."),
        },
    };

    private static OpenApiResponse ResponseFor(int status, IReadOnlyList<KnownProblem> problems, OpenApiDocument document) => new()
    {
        Description = $"{ReasonPhrases.GetReasonPhrase(status)}: {string.Join(", ", problems.Select(problem => $"`{problem.Code}`"))}.",
        Headers = WithRetryAfter.Contains(status) ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = DocumentHeaders.RetryAfter } : null,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ContentType] = new()
            {
                Schema = new OpenApiSchemaReference(Schema, document),
                Examples = problems.ToDictionary(problem => problem.Code, ExampleOf),
            },
        },
    };

    private static IOpenApiExample ExampleOf(KnownProblem problem) => new OpenApiExample
    {
        Value = new JsonObject
        {
            ["type"] = "https://tools.ietf.org/html/rfc9110",
            ["title"] = ReasonPhrases.GetReasonPhrase(problem.Status),
            ["status"] = problem.Status,
            ["detail"] = problem.Detail,
            ["code"] = problem.Code,
            ["trace_id"] = Trace,
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
