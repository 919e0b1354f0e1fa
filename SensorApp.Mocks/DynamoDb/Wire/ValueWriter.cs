using System.Text.Json;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.DynamoDb.Wire;

/// <summary>Writes values in DynamoDB's JSON.</summary>
internal static class ValueWriter
{
    /// <summary>An item as the member of an object; nothing when there is no item.</summary>
    public static void WriteItem(this Utf8JsonWriter json, string name, Item? item)
    {
        if (item is null)
            return;

        json.WritePropertyName(name);
        json.WriteItem(item);
    }

    public static void WriteItem(this Utf8JsonWriter json, Item item) => WriteMembers(json, item.Attributes);

    public static void WriteValue(this Utf8JsonWriter json, AttributeValue value)
    {
        json.WriteStartObject();
        json.WritePropertyName(value.Type.Code());

        switch (value)
        {
            case BooleanValue boolean:
                json.WriteBooleanValue(boolean.IsTrue);
                break;
            case NullValue:
                json.WriteBooleanValue(true);
                break;
            case ListValue list:
                WriteAll(json, list.Elements, WriteValue);
                break;
            case MapValue map:
                WriteMembers(json, map);
                break;
            case SetValue set:
                WriteAll(json, set.Elements, WriteScalar);
                break;
            default:
                WriteScalar(json, value);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteScalar(Utf8JsonWriter json, AttributeValue value)
    {
        switch (value)
        {
            case StringValue text:
                json.WriteStringValue(text.Text);
                break;
            case NumberValue number:
                json.WriteStringValue(number.Text);
                break;
            case BinaryValue binary:
                json.WriteBase64StringValue(binary.Bytes);
                break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter json, MapValue map)
    {
        json.WriteStartObject();

        foreach (var (name, value) in map.Members)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, IEnumerable<AttributeValue> values, Action<Utf8JsonWriter, AttributeValue> write)
    {
        json.WriteStartArray();

        foreach (var value in values)
            write(json, value);

        json.WriteEndArray();
    }
}
