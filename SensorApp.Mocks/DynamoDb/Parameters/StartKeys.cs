using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Entries;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>
/// Where a page of a query or scan ends and the next begins: the key of an item in its table, and for an index
/// the key in the index too.
/// </summary>
internal static class StartKeys
{
    /// <summary>The attributes in <c>ExclusiveStartKey</c>, read before the table is looked for; null when absent.</summary>
    /// <exception cref="TableException">A value breaks a rule.</exception>
    public static Item? Read(JsonFields request)
    {
        try
        {
            return request.Element("ExclusiveStartKey") is { } element ? ValueReader.ReadItem(element) : null;
        }
        catch (TableException failure) when (!IsToldBare(failure.Message))
        {
            throw Invalid($"The provided starting key is invalid: {failure.Message}");
        }
    }

    /// <summary>The place that a start key means; null when there is none.</summary>
    /// <exception cref="TableException">It is not a key of the table or index.</exception>
    public static EntryPlace? Place(Item? start, ReadParameters target)
    {
        if (start is null)
            return null;

        var table = target.Table.Definition.Keys;
        var keys = target.Index?.Definition.Keys ?? table;
        var names = keys.Attributes.Concat(table.Attributes).Select(attribute => attribute.Name).ToHashSet();

        if (start.Attributes.Members.Count != names.Count || !keys.Attributes.All(attribute => start.TryGet(attribute.Name, out _)))
            throw Invalid(target.Index is null ? "The provided starting key is invalid: The provided key element does not match the schema" : "The provided starting key is invalid");

        if (target.Index is not null && keys.FindIn(start) is null)
            throw KeySchema.Mismatch();

        return keys.FindIn(start) is { } position && table.FindIn(start) is { } owner && !HasEmptyPart(start)
            ? new EntryPlace(position, owner)
            : throw Invalid("The provided starting key is invalid: The provided key element does not match the schema");
    }

    // These the service tells without saying where, for a reason unknown.
    private static bool IsToldBare(string message) =>
        message.Contains("contains duplicates", StringComparison.Ordinal)
        || message.Contains("numeric value", StringComparison.Ordinal)
        || message.Contains("number set", StringComparison.Ordinal)
        || message.Contains("significant digits", StringComparison.Ordinal)
        || message.Contains("number with magnitude", StringComparison.Ordinal);

    /// <summary>The rest of a range behind a place.</summary>
    public static EntryRange After(EntryRange range, EntryPlace start, bool backward) => backward
        ? range with { Upper = EntryBound.At(start, after: false) }
        : range with { Lower = EntryBound.At(start, after: true) };

    public static void Write(Utf8JsonWriter json, EntryPlace last, ReadParameters target)
    {
        var attributes = new Dictionary<string, AttributeValue>();
        target.Table.Definition.Keys.CopyTo(attributes, last.Owner);
        target.Index?.Definition.Keys.CopyTo(attributes, last.Position);
        json.WriteItem("LastEvaluatedKey", new Item(new MapValue(attributes)));
    }

    private static bool HasEmptyPart(Item key) =>
        key.Attributes.Members.Values.Any(value => value.Type != AttributeType.Number && value.Size == 0);

    private static TableException Invalid(string message) => TableException.Validation(message);
}
