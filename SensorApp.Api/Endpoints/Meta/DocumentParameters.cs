using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SensorApp.Api.Processing;
using SensorApp.Api.Services.Results;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Meta;

/// <summary>
/// What parameters mean and which values they take, for the OpenAPI document. Routes read them as text, so that a wrong value is
/// answered with a sentence of our own; the document says what is expected.
/// </summary>
internal static class DocumentParameters
{
    public const string TimeZone =
        "IANA name of the zone of timestamps without offset; default UTC. A time that the start of daylight saving skips does not exist: its row is invalid (`timestamp_invalid`). A time that its end repeats is the second one, after the clocks went back.";

    public const string MaxInvalid = "The file fails with `max_invalid_exceeded` when more rows than this are invalid: a number of rows such as `100`, or a share such as `5%`.";

    private const string FileId = "0199a1b2c3d47e5f80718293a4b5c6d7";

    private static readonly OpenApiSchema FileIdSchema = Text("^[0-9a-f]{32}$");

    /// <summary>Options of every upload; the dry run has only the first two.</summary>
    private static readonly OpenApiParameter[] OfUploads =
    [
        Of("timezone", ParameterLocation.Query, TimeZone, Text(), "Europe/Berlin"),
        Of("max_invalid", ParameterLocation.Query, MaxInvalid, Text("^([0-9]+|[0-9]*\\.?[0-9]*%)$"), "5%"),
        Of("wait", ParameterLocation.Query, "Answer with the results if they are ready within so many seconds.", Number(0, 300), 30),
        Of("deduplicate", ParameterLocation.Query, "`true`: content that an earlier upload with this option brought is answered with the earlier file.", OneOf("true", "false"), "true"),
        Of("Idempotency-Key", ParameterLocation.Header, "A retry with the same key within 24 hours gets the same answer, not a second file.", Text(maxLength: 255), "nightly-2026-03-02"),
    ];

    /// <summary>By name, or where a name means different things by operation and name.</summary>
    private static readonly Dictionary<string, OpenApiParameter> Known = new(StringComparer.Ordinal)
    {
        ["file_id"] = Path("file_id", "The file, as the upload was answered.", FileIdSchema, FileId),
        ["WatchFiles file_id"] = Of(
            "file_id", ParameterLocation.Query, "The files to watch; repeat the parameter for each.", new OpenApiSchema { Type = JsonSchemaType.Array, Items = FileIdSchema, MinItems = 1, MaxItems = 100 },
            new JsonArray(FileId), isRequired: true),
        ["filename"] = Path("filename", "The name to show; never used as a path.", Text(), "readings.csv"),
        ["ListFiles limit"] = Of("limit", ParameterLocation.Query, "Files a page; default 50.", Number(1, 500), 50),
        ["limit"] = Of("limit", ParameterLocation.Query, "Entries a page; default 100.", Number(1, 1000), 100),
        ["cursor"] = Of("cursor", ParameterLocation.Query, "The `next_cursor` of the page before, with the other parameters unchanged.", Text(), null),
        ["status"] = Of("status", ParameterLocation.Query, "Only files of this status.", OneOf([.. FileStatuses.Visible.Select(status => status.ToName())]), "partial"),
        ["name"] = Of("name", ParameterLocation.Query, "Only files whose name contains this text, upper and lower case alike.", Text(), "greenhouse"),
        ["rows"] = Of("rows", ParameterLocation.Query, "`valid`: the header and the valid rows only, as CSV in UTF-8; default `all`: the bytes as uploaded.", OneOf("all", "valid"), "valid"),
        ["GetResult format"] = Of("format", ParameterLocation.Query, "Wins over the header `Accept`.", OneOf("json", "csv"), "json"),
        ["ListErrors format"] = Of(
            "format", ParameterLocation.Query, "`json`: page by page; `csv`: all that are kept in detail; `rows`: the header and all invalid rows as they stand in the file, to be repaired and uploaded again.", OneOf("json", "csv", "rows"), "json"),
        ["reason"] = Of("reason", ParameterLocation.Query, "Only rows rejected for this reason; without effect on `format=rows`.", OneOf([.. RejectionReasons.All]), "value_not_a_number"),
        ["search"] = Of("search", ParameterLocation.Query, "Only sensors whose id contains this text, upper and lower case alike.", Text(), "humidity"),
        ["sort"] = Of(
            "sort", ParameterLocation.Query, "The order; `-` in front: largest first. Equal values are in the order of their ids.", OneOf(["sensor_id", .. SensorOrder.Names, .. SensorOrder.Names.Select(name => "-" + name)]), "-max"),
        ["sensor"] = Of("sensor", ParameterLocation.Query, "The sensor's id.", Text(), "greenhouse-humidity", isRequired: true),
        ["from"] = Of("from", ParameterLocation.Query, "Only buckets that end after this time.", Time(), "2026-03-02T00:00:00Z"),
        ["to"] = Of("to", ParameterLocation.Query, "Only buckets that begin before this time.", Time(), "2026-03-03T00:00:00Z"),
    };

    public static void Describe(OpenApiOperation operation, UploadBody? upload)
    {
        var described = (operation.Parameters ?? [])
            .Select(parameter => Known.GetValueOrDefault($"{operation.OperationId} {parameter.Name}") ?? Known.GetValueOrDefault(parameter.Name ?? "") ?? parameter)
            .Concat(upload is null ? [] : upload.IsStored ? OfUploads : OfUploads[..2])
            .ToList();
        operation.Parameters = described.Count > 0 ? described : null;
    }

    private static OpenApiParameter Path(string name, string description, OpenApiSchema schema, JsonNode example) =>
        Of(name, ParameterLocation.Path, description, schema, example, isRequired: true);

    private static OpenApiParameter Of(string name, ParameterLocation place, string description, OpenApiSchema schema, JsonNode? example, bool isRequired = false) => new()
    {
        Name = name,
        In = place,
        Description = description,
        Required = isRequired,
        Schema = schema,
        Example = example,
    };

    private static OpenApiSchema Text(string? pattern = null, int? maxLength = null) => new() { Type = JsonSchemaType.String, Pattern = pattern, MaxLength = maxLength };

    private static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema OneOf(params string[] values) => new() { Type = JsonSchemaType.String, Enum = [.. values.Select(value => JsonValue.Create(value))] };

    private static OpenApiSchema Number(int minimum, int maximum) => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = minimum.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Maximum = maximum.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
