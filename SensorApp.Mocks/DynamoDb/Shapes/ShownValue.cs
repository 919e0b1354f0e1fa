using System.Text;
using System.Text.Json;

namespace SensorApp.Mocks.DynamoDb.Shapes;

/// <summary>Writes a part of a request as the service's messages show it: as Java would print it.</summary>
internal static class ShownValue
{
    // A message need not carry a request of megabytes.
    private const int MostCharacters = 16 * 1024;

    public static string Of(JsonElement element, Shape shape)
    {
        var text = new StringBuilder();
        Write(text, element, shape);
        return text.ToString();
    }

    /// <summary>The JSON as it came.</summary>
    public static string AsSent(JsonElement? element)
    {
        var text = element?.GetRawText() ?? "";
        return text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
    }

    private static void Write(StringBuilder text, JsonElement element, Shape shape)
    {
        if (text.Length > MostCharacters)
            text.Append('…');
        else if (element.ValueKind == JsonValueKind.Array && shape is ListShape list)
            WriteAll(text, '[', ']', element.EnumerateArray(), inner => Write(text, inner, list.Element));
        else if (element.ValueKind == JsonValueKind.Object)
            WriteObject(text, element, shape);
        else
            text.Append(element.ToString());
    }

    private static void WriteObject(StringBuilder text, JsonElement element, Shape shape)
    {
        if (shape is MapShape map)
        {
            WriteAll(text, '{', '}', element.EnumerateObject(), member =>
            {
                text.Append(member.Name).Append('=');
                Write(text, member.Value, map.Value);
            });
            return;
        }

        text.Append(shape.JavaName.AsSpan(shape.JavaName.LastIndexOf('.') + 1));
        WriteAll(text, '(', ')', element.EnumerateObject().Where(member => MemberOf(shape, member.Name) is not null), member =>
        {
            text.Append(char.ToLowerInvariant(member.Name[0])).Append(member.Name.AsSpan(1)).Append('=');
            Write(text, member.Value, MemberOf(shape, member.Name)!); // others were left out
        });
    }

    private static Shape? MemberOf(Shape shape, string name) => shape switch
    {
        StructureShape structure => structure.Find(name),
        ValueShape value => value.Find(name),
        _ => null,
    };

    private static void WriteAll<T>(StringBuilder text, char open, char close, IEnumerable<T> parts, Action<T> write)
    {
        var before = text.Append(open).Length;

        foreach (var part in parts)
        {
            if (text.Length > before)
                text.Append(", ");

            write(part);
        }

        text.Append(close);
    }
}
