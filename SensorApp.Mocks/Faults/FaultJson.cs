using System.Text.Json;
using System.Text.Json.Nodes;

namespace SensorApp.Mocks.Faults;

/// <summary>Faults as people write them: <c>{"service":"s3","operation":"PutObject","error":"SlowDown","probability":0.1}</c>.</summary>
public static class FaultJson
{
    private static readonly string[] Services = ["s3", "dynamodb"];

    /// <summary>Reads one fault or an array of them.</summary>
    /// <exception cref="FormatException">The message says which field is wrong and what is allowed.</exception>
    public static IReadOnlyList<Fault> Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) switch
            {
                JsonArray several => [.. several.Select(item => ReadOne(item as JsonObject ?? throw NotAFault()))],
                JsonObject one => [ReadOne(one)],
                _ => throw NotAFault(),
            };
        }
        catch (JsonException)
        {
            throw NotAFault();
        }
    }

    public static JsonObject Write(Fault fault, int hits) => new()
    {
        ["id"] = fault.Id,
        ["service"] = fault.Service,
        ["operation"] = fault.Operation,
        ["error"] = fault.Error,
        ["probability"] = fault.Probability,
        ["count"] = fault.Count,
        ["latency_ms"] = fault.Latency.TotalMilliseconds,
        ["index_lag_ms"] = fault.IndexLag.TotalMilliseconds,
        ["seed"] = fault.Seed,
        ["hits"] = hits,
    };

    private static Fault ReadOne(JsonObject json)
    {
        var fault = json.Aggregate(new Fault(), (read, field) => field.Value is null ? read : Set(read, field.Key.Replace('-', '_'), field.Value));

        return fault is { Error: null, IndexLag.Ticks: 0, Latency.Ticks: 0 }
            ? throw new FormatException("A fault needs an error, a latency_ms or an index_lag_ms.")
            : fault;
    }

    private static Fault Set(Fault fault, string name, JsonNode value) => name switch
    {
        "service" => fault with { Service = Text(name, value).ToLowerInvariant() is var service && Services.Contains(service) ? service : throw Wrong(name, value, "s3 or dynamodb") },
        "operation" => fault with { Operation = Text(name, value) },
        "error" => fault with { Error = Text(name, value) },
        "probability" => fault with { Probability = Number(name, value, 1) },
        "count" => fault with { Count = (int)Number(name, value, int.MaxValue) },
        "seed" => fault with { Seed = (int)Number(name, value, int.MaxValue) },
        "latency_ms" or "latency" => fault with { Latency = Milliseconds(name, value) },
        "index_lag_ms" or "index_lag" => fault with { IndexLag = Milliseconds(name, value) },
        _ => throw new FormatException($"There is no field '{name}'. Allowed are service, operation, error, probability, count, latency_ms, index_lag_ms and seed."),
    };

    private static string Text(string name, JsonNode value) =>
        value is JsonValue text && text.TryGetValue<string>(out var read) && read.Length > 0 ? read : throw Wrong(name, value, "a text");

    private static double Number(string name, JsonNode value, double largest) =>
        value is JsonValue number && number.TryGetValue<double>(out var read) && read >= 0 && read <= largest
            ? read
            : throw Wrong(name, value, FormattableString.Invariant($"a number from 0 to {largest}"));

    private static TimeSpan Milliseconds(string name, JsonNode value) => TimeSpan.FromMilliseconds(Number(name, value, 86_400_000));

    private static FormatException NotAFault() => new("The body must be a JSON object that describes a fault, or an array of them.");

    private static FormatException Wrong(string name, JsonNode value, string allowed) => new($"{name} is {value.ToJsonString()}, but must be {allowed}.");
}
