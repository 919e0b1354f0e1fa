using System.Globalization;
using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>
/// Reads the protobuf fields of OTLP that the dashboard shows, by their numbers
/// (https://github.com/open-telemetry/opentelemetry-proto), and skips the others.
/// </summary>
internal static class OtlpFields
{
    /// <summary>Gives each field's number to <paramref name="read"/>, which reads its value and returns true, or returns false to have it skipped.</summary>
    public static void ForEach(CodedInputStream message, Func<int, bool> read)
    {
        uint tag;

        while ((tag = message.ReadTag()) != 0)
        {
            if (!read(WireFormat.GetTagFieldNumber(tag)))
            {
                message.SkipLastField();
            }
        }
    }

    /// <summary>Reads a nested message.</summary>
    public static bool Nested(CodedInputStream message, Action<CodedInputStream> read)
    {
        using var nested = message.ReadBytes().CreateCodedInput();
        read(nested);
        return true;
    }

    public static string Hex(CodedInputStream message) => Convert.ToHexStringLower(message.ReadBytes().Span);

    public static DateTimeOffset Time(CodedInputStream message) => DateTimeOffset.UnixEpoch.AddTicks((long)(message.ReadFixed64() / 100));

    /// <summary>Reads a resource or a scope whose attribute or name says what sent the rest.</summary>
    public static string ServiceOf(CodedInputStream resource)
    {
        var attributes = new List<TelemetryAttribute>();
        ForEach(resource, field => field == 1 && Attribute(resource, attributes));
        var service = attributes.Find(attribute => attribute.Name == "service.name").Value ?? "unknown";
        var instance = attributes.Find(attribute => attribute.Name == "service.instance.id").Value;
        return instance is null ? service : $"{service} ({instance})";
    }

    /// <summary>The name of an instrumentation scope: for logs, the category.</summary>
    public static string ScopeName(CodedInputStream scope)
    {
        var name = "";
        ForEach(scope, field =>
        {
            if (field != 1)
            {
                return false;
            }

            name = scope.ReadString();
            return true;
        });
        return name;
    }

    /// <summary>Reads a key and its value.</summary>
    public static bool Attribute(CodedInputStream message, List<TelemetryAttribute> attributes) => Nested(message, pair =>
    {
        var name = "";
        var value = "";
        ForEach(pair, field =>
        {
            switch (field)
            {
                case 1:
                    name = pair.ReadString();
                    return true;
                case 2:
                    return Nested(pair, any => value = Value(any));
                default:
                    return false;
            }
        });
        attributes.Add(new TelemetryAttribute(name, value));
    });

    /// <summary>Any value, as text.</summary>
    public static string Value(CodedInputStream any)
    {
        var text = "";
        ForEach(any, field =>
        {
            switch (field)
            {
                case 1:
                    text = any.ReadString();
                    return true;
                case 2:
                    text = any.ReadBool() ? "true" : "false";
                    return true;
                case 3:
                    text = any.ReadInt64().ToString(CultureInfo.InvariantCulture);
                    return true;
                case 4:
                    text = any.ReadDouble().ToString(CultureInfo.InvariantCulture);
                    return true;
                case 5:
                    return Nested(any, list => text = $"[{string.Join(", ", Values(list))}]");
                case 6:
                    return Nested(any, map => text = $"{{{string.Join(", ", Pairs(map))}}}");
                case 7:
                    text = Hex(any);
                    return true;
                default:
                    return false;
            }
        });
        return text;
    }

    private static List<string> Values(CodedInputStream list)
    {
        var values = new List<string>();
        ForEach(list, field => field == 1 && Nested(list, any => values.Add(Value(any))));
        return values;
    }

    private static IEnumerable<string> Pairs(CodedInputStream map)
    {
        var pairs = new List<TelemetryAttribute>();
        ForEach(map, field => field == 1 && Attribute(map, pairs));
        return pairs.Select(pair => $"{pair.Name}: {pair.Value}");
    }
}
