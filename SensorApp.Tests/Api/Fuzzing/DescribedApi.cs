using System.Globalization;
using System.Text.Json.Nodes;

namespace SensorApp.Tests.Api.Fuzzing;

/// <summary>The OpenAPI document as something to drive and judge the API by.</summary>
public sealed class DescribedApi
{
    private readonly JsonNode _document;
    private readonly JsonShape _shapes;

    public DescribedApi(JsonNode document)
    {
        _document = document;
        _shapes = new JsonShape(document);
        Operations = [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => new DescribedOperation(path.Key, operation.Key.ToUpperInvariant(), operation.Value!)))];
    }

    public IReadOnlyList<DescribedOperation> Operations { get; }

    /// <summary>What the document does not say of an answer; empty when it says all.</summary>
    public IEnumerable<string> Judge(DescribedOperation operation, int status, string? contentType, string body)
    {
        if (operation.Node["responses"]![status.ToString(CultureInfo.InvariantCulture)] is not { } response)
        {
            return [$"status {status} is not described"];
        }

        if (response["content"] is not JsonObject content)
        {
            return body.Length == 0 ? [] : [$"status {status} has a body, and none is described"];
        }

        if (contentType is null || content[contentType] is not { } media)
        {
            return [$"content type '{contentType}' of status {status} is not described"];
        }

        return contentType.EndsWith("json", StringComparison.Ordinal) ? _shapes.Faults(JsonNode.Parse(body), media["schema"]!, "$") : [];
    }

    /// <summary>Every example of an answer, with what its schema says against it.</summary>
    public IEnumerable<string> FaultsOfExamples() =>
        from operation in Operations
        from response in operation.Node["responses"]!.AsObject()
        from media in response.Value!["content"] as JsonObject ?? []
        from example in Examples(media.Value!)
        from fault in media.Key.EndsWith("json", StringComparison.Ordinal) ? _shapes.Faults(example, media.Value!["schema"]!, "$") : []
        select $"{operation.Id} {response.Key} {media.Key}: {fault}";

    public string? Server => _document["servers"]?[0]?["url"]?.GetValue<string>();

    public JsonObject Schemas => _document["components"]!["schemas"]!.AsObject();

    private static IEnumerable<JsonNode?> Examples(JsonNode media) =>
        media["examples"] is JsonObject several ? several.Select(example => example.Value!["value"]) : media["example"] is { } one ? [one] : [];
}

/// <summary>One method of one path.</summary>
public sealed record DescribedOperation(string Path, string Method, JsonNode Node)
{
    public string Id => Node["operationId"]!.GetValue<string>();

    public IReadOnlyList<JsonNode> Parameters => [.. (Node["parameters"] as JsonArray ?? []).Select(parameter => parameter!)];
}
