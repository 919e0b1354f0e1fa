namespace SensorApp.Mocks.Core.Tables.Values;

/// <summary>
/// The values of several key attributes side by side, as the keys of some global indexes have them. Only ever a key's part,
/// never a value of an item.
/// </summary>
public sealed record TupleValue(IReadOnlyList<AttributeValue> Parts) : AttributeValue
{
    public override AttributeType Type => AttributeType.List;

    public override int Size => Parts.Sum(part => part.Size);

    /// <summary>The values that a key's part is made of; of a simple part the value itself.</summary>
    public static IReadOnlyList<AttributeValue> PartsOf(AttributeValue part) => part is TupleValue tuple ? tuple.Parts : [part];

    public bool Equals(TupleValue? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode()
    {
        var hash = default(HashCode);

        foreach (var part in Parts)
            hash.Add(part);

        return hash.ToHashCode();
    }
}
