using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Shapes;

/// <summary>Checks a single value of a request against its type.</summary>
internal static class ScalarCheck
{
    /// <exception cref="SerializationException">It has another type.</exception>
    public static void Check(JsonElement element, ScalarShape shape)
    {
        if (element.ValueKind == JsonValueKind.Object)
            throw new SerializationException("Start of structure or map found where not expected");

        if (element.ValueKind == JsonValueKind.Array)
            throw new SerializationException($"Unrecognized collection type class {shape.JavaName}");

        if (shape == Shape.Blob)
            CheckBlob(element);
        else if (shape == Shape.Text)
            Require(element.ValueKind == JsonValueKind.String, element, shape);
        else if (shape == Shape.Flag)
            CheckFlag(element, shape);
        else
            Require(element.ValueKind == JsonValueKind.Number, element, shape);
    }

    /// <summary>The truth that a text stands for, where the service takes a text for one; null when it stands for none.</summary>
    public static bool? FlagIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => JsonFields.TextOf(element).ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "1" => true,
            "FALSE" or "NO" or "0" => false,
            _ => null,
        },
        _ => null,
    };

    private static void CheckFlag(JsonElement element, ScalarShape shape)
    {
        if (element.ValueKind == JsonValueKind.String && FlagIn(element) is null)
            throw new SerializationException("Unexpected token received from parser");

        Require(element.ValueKind != JsonValueKind.Number, element, shape);
    }

    private static void CheckBlob(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw new SerializationException("only base-64-encoded strings are convertible to bytes");

        // It mostly is well-formed, and need not be copied to be found so; whoever uses it reads it.
        if (IsPlainBase64(JsonMarshal.GetRawUtf8Value(element)[1..^1]))
            return;

        var text = JsonFields.TextOf(element);

        if (text.Length % 4 != 0)
            throw new SerializationException($"Base64 encoded length is expected a multiple of 4 bytes but found: {text.Length.ToString(CultureInfo.InvariantCulture)}");

        // The spelling is the service's.
        if (!element.TryGetBytesFromBase64(out _))
            throw new SerializationException("Invalid last non-pad Base64 character dectected");
    }

    private static bool IsPlainBase64(ReadOnlySpan<byte> text) => text.Length % 4 == 0 && Base64.IsValid(text);

    private static void Require(bool holds, JsonElement element, ScalarShape shape)
    {
        if (!holds)
            throw new SerializationException($"{NameOf(element)} cannot be converted to {shape.ShortName}");
    }

    private static string NameOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => "STRING_VALUE",
        JsonValueKind.Number => element.TryGetDouble(out var number) && double.IsInteger(number) ? "NUMBER_VALUE" : "DECIMAL_VALUE",
        JsonValueKind.True => "TRUE_VALUE",
        _ => "FALSE_VALUE",
    };
}
