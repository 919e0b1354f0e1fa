using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.Core.Tables.Writes;
using SensorApp.Mocks.DynamoDb.Shapes;

namespace SensorApp.Mocks.DynamoDb.Wire;

/// <summary>Reads values in DynamoDB's JSON, for example <c>{"N":"7"}</c>.</summary>
/// <exception cref="TableException">From every member: not a valid value; the message is AWS's.</exception>
/// <exception cref="SerializationException">From every member: not the JSON of a value.</exception>
internal static class ValueReader
{
    private const int FirstLevel = 1;

    public static Item ReadItem(JsonElement element) => new(ReadMap(element, FirstLevel));

    public static AttributeValue Read(JsonElement element) => Read(element, FirstLevel);

    /// <param name="element">The value.</param>
    /// <param name="level">How deep it stands: attributes are at the first level.</param>
    private static AttributeValue Read(JsonElement element, int level)
    {
        if (level > TableLimits.NestingLevels)
            throw ItemRules.TooDeep();

        if (element.ValueKind != JsonValueKind.Object)
            throw JsonFields.Mismatch();

        AttributeValue? value = null;

        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null || ReadTyped(JsonFields.NameOf(member), member.Value, level) is not { } read)
                continue;

            if (value is not null)
            {
                throw TableException.Validation(
                    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
            }

            value = read;
        }

        return value ?? throw TableException.Validation(
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }

    private static AttributeValue? ReadTyped(string type, JsonElement element, int level) => type switch
    {
        "S" => new StringValue(JsonFields.TextOf(element)),
        "N" => ReadNumber(element),
        "B" => ReadBinary(element),
        "BOOL" => ReadBoolean(element),
        "NULL" => ReadNull(element),
        "L" => new ListValue([.. Elements(element).Select(inner => Read(inner, level + 1))]),
        "M" => ReadMap(element, level + 1),
        "SS" => ReadSet(AttributeType.String, element, inner => new StringValue(JsonFields.TextOf(inner))),
        "NS" => ReadSet(AttributeType.Number, element, ReadNumber),
        "BS" => ReadSet(AttributeType.Binary, element, ReadBinary),
        _ => null,
    };

    private static MapValue ReadMap(JsonElement element, int level)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw JsonFields.Mismatch();

        var members = new Dictionary<string, AttributeValue>(element.GetPropertyCount());

        foreach (var member in element.EnumerateObject())
        {
            var name = JsonFields.NameOf(member);
            AttributeNames.Check(name);
            members[name] = Read(member.Value, level);
        }

        return new MapValue(members);
    }

    private static NumberValue ReadNumber(JsonElement element) => new(ExactNumber.Parse(JsonFields.TextOf(element)));

    private static BinaryValue ReadBinary(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw JsonFields.Mismatch();

        return element.TryGetBytesFromBase64(out var bytes)
            ? new BinaryValue(bytes)
            : throw JsonFields.Mismatch();
    }

    private static BooleanValue ReadBoolean(JsonElement element) => new(ScalarCheck.FlagIn(element) ?? throw JsonFields.Mismatch());

    private static NullValue ReadNull(JsonElement element) => ReadBoolean(element).IsTrue
        ? new NullValue()
        : throw TableException.InvalidParameter("Null attribute value types must have the value of true");

    private static SetValue ReadSet(AttributeType type, JsonElement element, Func<JsonElement, AttributeValue> read)
    {
        var elements = Elements(element).Select(read).ToList();

        if (elements.Count == 0)
        {
            throw TableException.InvalidParameter(type switch
            {
                AttributeType.String => "An string set  may not be empty",
                AttributeType.Number => "An number set  may not be empty",
                _ => "Binary sets should not be empty",
            });
        }

        var set = new SetValue(type, elements);
        return set.Elements.Count == elements.Count ? set : throw TableException.InvalidParameter(type switch
        {
            AttributeType.String => $"Input collection [{string.Join(", ", elements.Select(Shown))}] contains duplicates.",
            // The missing blank is the service's.
            AttributeType.Binary => $"Input collection [{string.Join(", ", elements.Select(Shown))}]of type BS contains duplicates.",
            _ => "Input collection contains duplicates.",
        });
    }

    private static string Shown(AttributeValue element) => element switch
    {
        StringValue text => text.Text,
        BinaryValue binary => Convert.ToBase64String(binary.Bytes),
        _ => "",
    };

    private static JsonElement.ArrayEnumerator Elements(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray()
        : throw JsonFields.Mismatch();
}
