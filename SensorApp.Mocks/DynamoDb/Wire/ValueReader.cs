using System.Text;
using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.DynamoDb.Wire;

/// <summary>Reads values in DynamoDB's JSON, for example <c>{"N":"7"}</c>.</summary>
/// <exception cref="TableException">From every member: not a valid value; the message is AWS's.</exception>
/// <exception cref="SerializationException">From every member: not the JSON of a value.</exception>
internal static class ValueReader
{
    public static Item ReadItem(JsonElement element) => new(ReadMap(element));

    public static AttributeValue Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw JsonFields.Mismatch(element, "structure or map");

        AttributeValue? value = null;

        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null || ReadTyped(JsonFields.NameOf(member), member.Value) is not { } read)
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

    private static AttributeValue? ReadTyped(string type, JsonElement element) => type switch
    {
        "S" => new StringValue(JsonFields.TextOf(element)),
        "N" => ReadNumber(element),
        "B" => ReadBinary(element),
        "BOOL" => ReadBoolean(element),
        "NULL" => ReadNull(element),
        "L" => new ListValue([.. Elements(element).Select(Read)]),
        "M" => ReadMap(element),
        "SS" => ReadSet(AttributeType.String, element, inner => new StringValue(JsonFields.TextOf(inner))),
        "NS" => ReadSet(AttributeType.Number, element, ReadNumber),
        "BS" => ReadSet(AttributeType.Binary, element, ReadBinary),
        _ => null,
    };

    private static MapValue ReadMap(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw JsonFields.Mismatch(element, "structure or map");

        var members = new Dictionary<string, AttributeValue>();

        foreach (var member in element.EnumerateObject())
        {
            var name = JsonFields.NameOf(member);
            CheckName(name);
            members[name] = Read(member.Value);
        }

        return new MapValue(members);
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0)
            throw TableException.InvalidParameter("Attribute name must not be empty");

        if (name.Length > TableLimits.AttributeNameLength / 4 && Encoding.UTF8.GetByteCount(name) > TableLimits.AttributeNameLength)
            throw TableException.InvalidParameter("Attribute name is too large, must be less than 65536 bytes");
    }

    private static NumberValue ReadNumber(JsonElement element) => new(ExactNumber.Parse(JsonFields.TextOf(element)));

    private static BinaryValue ReadBinary(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw JsonFields.Mismatch(element, "ByteBuffer");

        return element.TryGetBytesFromBase64(out var bytes)
            ? new BinaryValue(bytes)
            : throw new SerializationException("Invalid Base64 in a binary value");
    }

    private static BooleanValue ReadBoolean(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => new BooleanValue(true),
        JsonValueKind.False => new BooleanValue(false),
        _ => throw JsonFields.Mismatch(element, "Boolean"),
    };

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
        return set.Elements.Count == elements.Count ? set : throw TableException.InvalidParameter(
            $"Input collection {(type == AttributeType.String ? $"[{string.Join(", ", elements.Cast<StringValue>().Select(text => text.Text))}] " : "")}contains duplicates.");
    }

    private static JsonElement.ArrayEnumerator Elements(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray()
        : throw JsonFields.Mismatch(element, "list");
}
