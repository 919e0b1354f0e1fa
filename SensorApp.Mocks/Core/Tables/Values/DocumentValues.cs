using System.Text;

namespace SensorApp.Mocks.Core.Tables.Values;

public sealed record ListValue(IReadOnlyList<AttributeValue> Elements) : AttributeValue
{
    public override AttributeType Type => AttributeType.List;

    public override int Size => 3 + Elements.Sum(element => element.Size + 1);

    public bool Equals(ListValue? other) => other is not null && Elements.SequenceEqual(other.Elements);

    public override int GetHashCode() => Elements.Count;
}

public sealed record MapValue(IReadOnlyDictionary<string, AttributeValue> Members) : AttributeValue
{
    public static readonly MapValue Empty = new(new Dictionary<string, AttributeValue>());

    public override AttributeType Type => AttributeType.Map;

    public override int Size => 3 + SizeOfMembers(extraPerMember: 1);

    /// <summary>The size of names and values alone, which is how an item, itself a map, is measured.</summary>
    public int SizeOfMembers(int extraPerMember = 0)
    {
        var size = 0;

        foreach (var (name, value) in Members)
            size += Encoding.UTF8.GetByteCount(name) + value.Size + extraPerMember;

        return size;
    }

    public bool Equals(MapValue? other) =>
        other is not null
        && Members.Count == other.Members.Count
        && Members.All(member => other.Members.TryGetValue(member.Key, out var value) && member.Value.Equals(value));

    public override int GetHashCode() => Members.Count;
}

/// <summary>A set of strings, numbers or byte strings, never empty in an item.</summary>
public sealed record SetValue : AttributeValue
{
    private readonly HashSet<AttributeValue> _elements;

    /// <param name="elementType">The type of each element: string, number or binary.</param>
    /// <param name="elements">The elements; duplicates collapse.</param>
    public SetValue(AttributeType elementType, IEnumerable<AttributeValue> elements)
    {
        ElementType = elementType;
        _elements = [.. elements];
    }

    public AttributeType ElementType { get; }

    public IReadOnlyCollection<AttributeValue> Elements => _elements;

    public override AttributeType Type => ElementType switch
    {
        AttributeType.String => AttributeType.StringSet,
        AttributeType.Number => AttributeType.NumberSet,
        _ => AttributeType.BinarySet,
    };

    public override int Size => _elements.Sum(element => element.Size);

    public bool Contains(AttributeValue element) => _elements.Contains(element);

    public SetValue With(SetValue added) => new(ElementType, _elements.Concat(added._elements));

    public SetValue Without(SetValue removed) => new(ElementType, _elements.Where(element => !removed.Contains(element)));

    public bool Equals(SetValue? other) =>
        other is not null && ElementType == other.ElementType && _elements.SetEquals(other._elements);

    public override int GetHashCode() => HashCode.Combine(ElementType, _elements.Count);
}
