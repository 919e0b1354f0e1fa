using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Schema;

public enum ProjectionKind
{
    All,
    KeysOnly,
    Include,
}

/// <summary>Which attributes an index holds beside the keys of index and table.</summary>
public sealed record IndexProjection(ProjectionKind Kind, IReadOnlyList<string> Included);

public sealed record Throughput(long ReadUnits, long WriteUnits);

/// <param name="Name">Unique among the table's indexes.</param>
/// <param name="Keys">Attributes that an item must have to be in the index.</param>
/// <param name="Projection">What the index holds.</param>
/// <param name="IsGlobal">Whether its partitions are its own, or those of the table.</param>
/// <param name="Throughput">Null for local indexes and for tables billed by request.</param>
public sealed record IndexDefinition(string Name, KeySchema Keys, IndexProjection Projection, bool IsGlobal, Throughput? Throughput);

/// <summary>All there is to know about a table but its items.</summary>
public sealed record TableDefinition
{
    public required string Name { get; init; }

    /// <summary>Tells this table from earlier ones of the same name.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required IReadOnlyList<KeyAttribute> Attributes { get; init; }

    public required KeySchema Keys { get; init; }

    public IReadOnlyList<IndexDefinition> Indexes { get; init; } = [];

    /// <summary>Null when the table is billed by request.</summary>
    public Throughput? Throughput { get; init; }

    /// <summary>When billing last changed to by-request; null if it never was.</summary>
    public DateTimeOffset? PayPerRequestSince { get; init; }

    public bool DeletionProtection { get; init; }

    public string? TableClass { get; init; }

    /// <summary>The attribute that holds the time of expiry in seconds since 1970; null when items do not expire.</summary>
    public string? TimeToLiveAttribute { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public IEnumerable<IndexDefinition> LocalIndexes => Indexes.Where(index => !index.IsGlobal);

    public IEnumerable<IndexDefinition> GlobalIndexes => Indexes.Where(index => index.IsGlobal);

    /// <summary>The attributes that an index holds; null for all.</summary>
    public IReadOnlySet<string>? HeldBy(IndexDefinition index) => index.Projection.Kind == ProjectionKind.All
        ? null
        : Keys.Attributes.Concat(index.Keys.Attributes).Select(attribute => attribute.Name)
            .Concat(index.Projection.Kind == ProjectionKind.Include ? index.Projection.Included : []).ToHashSet();

    /// <summary>Refuses an item whose index keys have the wrong type or are empty.</summary>
    /// <exception cref="TableException">The message names attribute and index.</exception>
    public void CheckIndexKeys(Item item)
    {
        foreach (var index in Indexes)
        {
            foreach (var attribute in index.Keys.Attributes)
            {
                if (item.TryGet(attribute.Name, out var value))
                    CheckIndexKey(index, attribute, value);
            }
        }
    }

    /// <summary>Refuses paths that lead into keys, which hold nothing to be led into.</summary>
    /// <exception cref="TableException">The message names the key.</exception>
    public void CheckPaths(IEnumerable<DocumentPath> paths)
    {
        foreach (var path in paths.Where(path => path.IsNested))
        {
            if (Keys.Has(path.Attribute) || Indexes.Any(index => index.Keys.Has(path.Attribute)))
            {
                throw TableException.Validation("Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                    + $"{(Keys.Has(path.Attribute) ? "Key" : "IndexKey")}: {path.Attribute}");
            }
        }
    }

    private static void CheckIndexKey(IndexDefinition index, KeyAttribute attribute, AttributeValue value)
    {
        if (value.Type != attribute.Type)
        {
            throw TableException.InvalidParameter($"Type mismatch for Index Key {attribute.Name} Expected: {attribute.Type.Code()} "
                + $"Actual: {value.Type.Code()} IndexName: {index.Name}");
        }

        if (value.Type != AttributeType.Number && value.Size == 0)
        {
            throw TableException.Validation("One or more parameter values are not valid. A value specified for a secondary index key is "
                + $"not supported. The AttributeValue for a key attribute cannot contain an empty {(value.Type == AttributeType.String ? "string" : "binary")} "
                + $"value. IndexName: {index.Name}, IndexKey: {attribute.Name}");
        }

        var limit = index.Keys.LimitOf(attribute);

        if (value.Size > limit)
        {
            throw TableException.InvalidParameter(FormattableString.Invariant(
                $"Size of {(index.Keys.HashAttributes.Contains(attribute) ? "hashkey" : "rangekey")} has exceeded the maximum size limit of {limit} bytes. IndexName: {index.Name}"));
        }
    }
}
