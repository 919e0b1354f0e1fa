namespace SensorApp.Mocks.Core.Tables.Values;

/// <summary>
/// An item at rest, in one piece of memory. As values it is some fifty objects, and a garbage collection follows and moves each of
/// them while all requests wait; items are written more often than read.
/// </summary>
public sealed class StoredItem
{
    internal StoredItem(byte[] bytes, int size) => (Bytes, Size) = (bytes, size);

    /// <summary>Bytes counted towards the limit, as <see cref="Item.Size"/>.</summary>
    public int Size { get; }

    /// <summary>Also its form on disk.</summary>
    internal byte[] Bytes { get; }

    /// <summary>An item that is read from disk.</summary>
    public static Item Load(byte[] bytes)
    {
        var attributes = ItemCodec.Decode(bytes);
        return new Item(attributes, new StoredItem(bytes, attributes.SizeOfMembers()));
    }

    /// <summary>One attribute, for much less than <see cref="Read"/> takes; null when there is none of that name, in UTF-8.</summary>
    public AttributeValue? Find(ReadOnlySpan<byte> name) => ItemCodec.Find(Bytes, name);

    public Item Read() => new(ItemCodec.Decode(Bytes), this);
}
