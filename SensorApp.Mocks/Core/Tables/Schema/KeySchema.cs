using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Schema;

public sealed record KeyAttribute(string Name, AttributeType Type);

/// <summary>
/// The values of a key. The range part is null where the schema has none. Where a part is made of several attributes,
/// it is a <see cref="TupleValue"/>.
/// </summary>
public readonly record struct ItemKey(AttributeValue Hash, AttributeValue? Range);

/// <summary>The attributes that make up the key of a table or index.</summary>
public sealed record KeySchema(KeyAttribute Hash, KeyAttribute? Range)
{
    /// <summary>Further attributes of the hash part; only global indexes have any.</summary>
    public IReadOnlyList<KeyAttribute> MoreHash { get; init; } = [];

    /// <summary>Further attributes of the range part, in the order in which they sort; only global indexes have any.</summary>
    public IReadOnlyList<KeyAttribute> MoreRange { get; init; } = [];

    public IReadOnlyList<KeyAttribute> HashAttributes => MoreHash.Count == 0 ? [Hash] : [Hash, .. MoreHash];

    public IReadOnlyList<KeyAttribute> RangeAttributes => Range is null ? [] : MoreRange.Count == 0 ? [Range] : [Range, .. MoreRange];

    public IEnumerable<KeyAttribute> Attributes => HashAttributes.Concat(RangeAttributes);

    private int Count => 1 + MoreHash.Count + (Range is null ? 0 : 1) + MoreRange.Count;

    public bool Has(string name) => Attributes.Any(attribute => attribute.Name == name);

    /// <summary>The key of an item; null when the item lacks part of it or has it in another type.</summary>
    public ItemKey? FindIn(Item item)
    {
        if (!Fits(item, Hash, MoreHash, out var hash))
            return null;

        if (Range is null)
            return new ItemKey(hash, null);

        return Fits(item, Range, MoreRange, out var range) ? new ItemKey(hash, range) : null;
    }

    /// <summary>Whether a value can be part of this key: not empty, and not longer than keys may be.</summary>
    public bool Admits(KeyAttribute attribute, AttributeValue value) =>
        (value.Type == AttributeType.Number || value.Size > 0) && value.Size <= LimitOf(attribute);

    /// <summary>The most bytes that the value of an attribute of this key may have.</summary>
    public int LimitOf(KeyAttribute attribute) => HashAttributes.Contains(attribute) ? TableLimits.HashKeyBytes : TableLimits.RangeKeyBytes;

    /// <summary>The key in an item about to be stored.</summary>
    /// <exception cref="TableException">A part is missing, empty, too long, or of the wrong type.</exception>
    public ItemKey RequireIn(Item item)
    {
        foreach (var attribute in Attributes)
        {
            if (!item.TryGet(attribute.Name, out var value))
                throw TableException.InvalidParameter($"Missing the key {attribute.Name} in the item");

            if (value.Type != attribute.Type)
            {
                throw TableException.InvalidParameter(
                    $"Type mismatch for key {attribute.Name} expected: {attribute.Type.Code()} actual: {value.Type.Code()}");
            }
        }

        return Checked(item);
    }

    /// <summary>The key given to find an item: exactly the attributes of the schema.</summary>
    /// <exception cref="TableException">Other attributes, or a part of the wrong type, empty or too long.</exception>
    public ItemKey RequireOnly(Item key)
    {
        if (key.Attributes.Members.Count != Count || FindIn(key) is null)
            throw Mismatch();

        return Checked(key);
    }

    public static TableException Mismatch() => TableException.Validation("The provided key element does not match the schema");

    /// <summary>The key's attributes as an item.</summary>
    public Item ToItem(ItemKey key)
    {
        var attributes = new Dictionary<string, AttributeValue>();
        CopyTo(attributes, key);
        return new Item(new MapValue(attributes));
    }

    /// <summary>Adds the key's attributes to others.</summary>
    public void CopyTo(Dictionary<string, AttributeValue> attributes, ItemKey key)
    {
        Spread(attributes, HashAttributes, key.Hash);

        if (key.Range is not null)
            Spread(attributes, RangeAttributes, key.Range);
    }

    private static void Spread(Dictionary<string, AttributeValue> attributes, IReadOnlyList<KeyAttribute> names, AttributeValue part)
    {
        var values = TupleValue.PartsOf(part);

        for (var i = 0; i < names.Count; i++)
            attributes[names[i].Name] = values[i];
    }

    private ItemKey Checked(Item item)
    {
        // The callers have made sure that all of it is there, and tables have no more than two.
        var key = new ItemKey(item[Hash.Name]!, Range is null ? null : item[Range.Name]);
        CheckValue(Hash, key.Hash);

        if (Range is not null)
            CheckValue(Range, key.Range!); // set where the schema has it

        return key;
    }

    private void CheckValue(KeyAttribute attribute, AttributeValue value)
    {
        if (value.Type != AttributeType.Number && value.Size == 0)
        {
            throw TableException.Validation("One or more parameter values are not valid. The AttributeValue for a key attribute "
                + $"cannot contain an empty {(value.Type == AttributeType.String ? "string" : "binary")} value. Key: {attribute.Name}");
        }

        if (attribute == Hash && value.Size > TableLimits.HashKeyBytes)
        {
            throw TableException.InvalidParameter(
                $"Size of hashkey has exceeded the maximum size limit of{TableLimits.HashKeyBytes.ToString(CultureInfo.InvariantCulture)} bytes");
        }

        if (attribute == Range && value.Size > TableLimits.RangeKeyBytes)
        {
            throw TableException.InvalidParameter("Aggregated size of all range keys has exceeded the size limit of "
                + $"{TableLimits.RangeKeyBytes.ToString(CultureInfo.InvariantCulture)} bytes");
        }
    }

    private static bool Fits(Item item, KeyAttribute first, IReadOnlyList<KeyAttribute> more, [NotNullWhen(true)] out AttributeValue? part)
    {
        if (!Fits(item, first, out part))
            return false;

        if (more.Count == 0)
            return true;

        var values = new List<AttributeValue> { part };

        foreach (var attribute in more)
        {
            if (!Fits(item, attribute, out var value))
                return false;

            values.Add(value);
        }

        part = new TupleValue(values);
        return true;
    }

    private static bool Fits(Item item, KeyAttribute attribute, [NotNullWhen(true)] out AttributeValue? value) =>
        item.TryGet(attribute.Name, out value) && value.Type == attribute.Type;
}
