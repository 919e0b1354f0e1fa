using System.Diagnostics.CodeAnalysis;

namespace SensorApp.Mocks.Core.Tables.Values;

/// <summary>One record of a table. It never changes: an update makes a new item.</summary>
public sealed class Item(MapValue attributes)
{
    private int _size = -1;
    private StoredItem? _stored;

    /// <summary>An item whose form at rest is there already.</summary>
    internal Item(MapValue attributes, StoredItem stored)
        : this(attributes) => (_stored, _size) = (stored, stored.Size);

    public static Item Empty { get; } = new(MapValue.Empty);

    public MapValue Attributes { get; } = attributes;

    /// <summary>Bytes counted towards the limit of 400 KB: UTF-8 names and values.</summary>
    public int Size => _size >= 0 ? _size : _size = Attributes.SizeOfMembers();

    /// <summary>Its form at rest, made once.</summary>
    public StoredItem Stored => _stored ??= new StoredItem(ItemCodec.Encode(Attributes), Size);

    public AttributeValue? this[string name] => Attributes.Members.GetValueOrDefault(name);

    public bool TryGet(string name, [NotNullWhen(true)] out AttributeValue? value) => Attributes.Members.TryGetValue(name, out value);

    /// <summary>The item with only those of its attributes that are named.</summary>
    public Item Only(IReadOnlySet<string> names) =>
        new(new MapValue(Attributes.Members.Where(member => names.Contains(member.Key)).ToDictionary()));
}
