using System.Text.Json;
using SensorApp.Mocks.DynamoDb.Shapes;

namespace SensorApp.Mocks.DynamoDb.Wire;

/// <summary>The members of a JSON object, each read as the type that it must have; null when absent.</summary>
/// <exception cref="SerializationException">From every member: the JSON has another type there.</exception>
public readonly struct JsonFields
{
    private readonly JsonElement _object;

    public JsonFields(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Mismatch();

        _object = element;
    }

    public bool Has(string name) => Find(name) is not null;

    public string? Text(string name) => Find(name) is { } element ? TextOf(element) : null;

    public bool? Flag(string name) => Find(name) is { } element ? ScalarCheck.FlagIn(element) ?? throw Mismatch() : null;

    public long? Whole(string name)
    {
        if (Find(name) is not { } element)
            return null;

        if (element.ValueKind != JsonValueKind.Number)
            throw Mismatch();

        if (element.TryGetInt64(out var whole))
            return whole;

        // The service cuts fractions off; a number too big for its type becomes the biggest.
        return element.TryGetDouble(out var number) ? (long)Math.Clamp(number, long.MinValue, long.MaxValue) : long.MaxValue;
    }

    public JsonFields? Object(string name) => Find(name) is { } element ? new JsonFields(element) : null;

    public IReadOnlyList<JsonElement>? List(string name)
    {
        if (Find(name) is not { } element)
            return null;

        return element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : throw Mismatch();
    }

    public IReadOnlyList<JsonFields>? Objects(string name) => List(name)?.Select(element => new JsonFields(element)).ToList();

    public IReadOnlyList<string>? Texts(string name) => List(name)?.Select(TextOf).ToList();

    public JsonElement? Element(string name) => Find(name);

    /// <summary>All members, by name; of a name given twice the last counts.</summary>
    public IReadOnlyDictionary<string, JsonElement> Members()
    {
        var members = new Dictionary<string, JsonElement>();

        foreach (var member in _object.EnumerateObject())
            members[NameOf(member)] = member.Value;

        return members;
    }

    public static string TextOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw Mismatch();

        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw new SerializationException("The text is not valid Unicode");
        }
    }

    public static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new SerializationException("A name is not valid Unicode");
        }
    }

    /// <summary>The check against the operation's shape says it in more words; this is for what no shape describes.</summary>
    public static SerializationException Mismatch() => new("Unexpected field type");

    private JsonElement? Find(string name) =>
        _object.TryGetProperty(name, out var element) && element.ValueKind != JsonValueKind.Null ? element : null;
}
