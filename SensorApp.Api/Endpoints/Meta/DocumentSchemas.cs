using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SensorApp.Api.Processing;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Meta;

/// <summary>What the OpenAPI document says about the shapes of answers beyond what can be read off their types.</summary>
internal static class DocumentSchemas
{
    public const string Uploads = "UploadsAnswer";
    public const string Health = "HealthAnswer";

    /// <summary>Types that have converters of their own, so that the framework cannot tell what they are written as.</summary>
    public static void DescribeType(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;

        if (type == typeof(FileStatus))
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. FileStatuses.Visible.Select(status => JsonValue.Create(status.ToName()))];
        }
        else if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
        {
            var isNullable = type == typeof(DateTimeOffset?) || context.JsonPropertyInfo is { PropertyType: var property } && property == typeof(DateTimeOffset?);
            schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        }
    }

    /// <summary>Adds the shapes that no type stands for, and says of every member what it means.</summary>
    public static void Complete(OpenApiDocument document)
    {
        var schemas = document.Components?.Schemas ?? throw new InvalidOperationException("The document has no schemas.");
        schemas[ProblemResponses.Schema] = ProblemResponses.SchemaOfAll();
        schemas[Uploads] = UploadsSchema(document);
        schemas[Health] = HealthSchema();

        foreach (var (name, schema) in schemas)
        {
            Describe(name, schema);
        }
    }

    private static void Describe(string name, IOpenApiSchema schema)
    {
        schema.Description ??= DocumentTexts.OfSchema(name);

        foreach (var (member, memberSchema) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            memberSchema.Description ??= DocumentTexts.OfMember(name, member);

            if (name == "RowErrorAnswer" && member == "reason" && memberSchema is OpenApiSchema reason)
            {
                reason.Enum = [.. RejectionReasons.All.Select(code => JsonValue.Create(code))];
            }
        }
    }

    private static OpenApiSchema UploadsSchema(OpenApiDocument document)
    {
        var file = Object(
            ("filename", new OpenApiSchema { Type = JsonSchemaType.String }),
            ("file_id", new OpenApiSchema { Type = JsonSchemaType.String }),
            ("status", new OpenApiSchemaReference(nameof(FileStatus), document)),
            ("duplicate", new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = DocumentTexts.OfMember(Uploads, "duplicate") }),
            ("error", new OpenApiSchemaReference("ErrorAnswer", document)));
        file.Required = new HashSet<string> { "filename" };
        var all = Object(("files", new OpenApiSchema { Type = JsonSchemaType.Array, Items = file, Description = "One entry a file, in the order sent: with `file_id` and `status` where it was accepted, with `error` where it was not." }));
        all.Required = new HashSet<string> { "files" };
        return all;
    }

    private static OpenApiSchema HealthSchema()
    {
        var check = Object(("status", Status()), ("description", new OpenApiSchema { Type = JsonSchemaType.String }));
        check.Required = new HashSet<string> { "status" };
        var health = Object(("status", Status()), ("checks", new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = check }));
        health.Required = new HashSet<string> { "status", "checks" };
        return health;
    }

    private static OpenApiSchema Status() => new() { Type = JsonSchemaType.String, Enum = [JsonValue.Create("healthy"), JsonValue.Create("degraded"), JsonValue.Create("unhealthy")] };

    private static OpenApiSchema Object(params (string Name, IOpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = members.ToDictionary(member => member.Name, member => member.Schema),
    };
}
