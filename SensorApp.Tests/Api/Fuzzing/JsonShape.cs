using System.Text.Json;
using System.Text.Json.Nodes;

namespace SensorApp.Tests.Api.Fuzzing;

/// <summary>Checks JSON against the schemas of an OpenAPI document: the part of JSON Schema that the document uses. Members that are not described are faults too.</summary>
public sealed class JsonShape(JsonNode document)
{
    public IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string place)
    {
        if (schema["$ref"] is { } reference)
        {
            var name = reference.GetValue<string>().Split('/')[^1];
            return Faults(value, document["components"]!["schemas"]![name]!, place);
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            return choices.Count(choice => !Faults(value, choice!, place).Any()) == 1 ? [] : [$"{place} is not exactly one of {choices.ToJsonString()}"];
        }

        var types = schema["type"] is JsonArray several ? several.Select(type => type!.GetValue<string>()) : schema["type"] is { } one ? [one.GetValue<string>()] : [];

        if (!types.Contains(TypeOf(value)) && !(types.Contains("number") && TypeOf(value) == "integer"))
        {
            return [$"{place} is {TypeOf(value)}, described as {schema["type"]?.ToJsonString()}"];
        }

        if (schema["enum"] is JsonArray allowed && !allowed.Any(item => JsonNode.DeepEquals(item, value)))
        {
            return [$"{place} is {value?.ToJsonString()}, described as one of {allowed.ToJsonString()}"];
        }

        return value switch
        {
            JsonObject members => FaultsOfMembers(members, schema, place),
            JsonArray items => items.SelectMany((item, i) => Faults(item, schema["items"]!, $"{place}[{i}]")),
            _ => [],
        };
    }

    private IEnumerable<string> FaultsOfMembers(JsonObject members, JsonNode schema, string place)
    {
        var missing = (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).Where(name => !members.ContainsKey(name));

        foreach (var name in missing)
        {
            yield return $"{place}.{name} is missing";
        }

        foreach (var (name, value) in members)
        {
            if ((schema["properties"]?[name] ?? schema["additionalProperties"]) is not { } described)
            {
                yield return $"{place}.{name} is not described";
                continue;
            }

            foreach (var fault in Faults(value, described, $"{place}.{name}"))
            {
                yield return fault;
            }
        }
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E') ? "number" : "integer",
    };
}
