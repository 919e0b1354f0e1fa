using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Reads;

/// <summary>Fits conditions on attributes to the key of a table or index.</summary>
public static class KeyConditionBinding
{
    /// <param name="keys">The key to be searched by.</param>
    /// <param name="conditions">The conditions, by the names of their attributes.</param>
    /// <exception cref="TableException">They do not select one stretch of one partition; the message is AWS's.</exception>
    public static KeyCondition Bind(KeySchema keys, IReadOnlyDictionary<string, RangeCondition> conditions)
    {
        var condition = keys.MoreHash.Count + keys.MoreRange.Count == 0 ? BindSimple(keys, conditions) : BindTuples(keys, conditions);

        foreach (var attribute in keys.Attributes)
        {
            if (conditions.TryGetValue(attribute.Name, out var given))
                CheckType(attribute, given);
        }

        return condition;
    }

    private static KeyCondition BindSimple(KeySchema keys, IReadOnlyDictionary<string, RangeCondition> conditions)
    {
        if (conditions.Count > keys.Attributes.Count() && conditions.Count > 2)
        {
            throw TableException.Validation(FormattableString.Invariant(
                $"The number of query conditions ({conditions.Count}) exceeds the number of key attributes defined in the schema ({keys.Attributes.Count()})"));
        }

        if (!conditions.TryGetValue(keys.Hash.Name, out var hash))
            throw Missing(keys.Hash);

        if (hash.Operator != RangeOperator.Equal)
            throw NotSupported();

        if (conditions.Count == 1)
            return new KeyCondition(hash.Value, Range: null);

        if (keys.Range is not { } rangeKey)
            throw NotSupported();

        return conditions.TryGetValue(rangeKey.Name, out var range) ? new KeyCondition(hash.Value, range) : throw Missing(rangeKey);
    }

    private static KeyCondition BindTuples(KeySchema keys, IReadOnlyDictionary<string, RangeCondition> conditions)
    {
        if (conditions.Keys.Any(name => !keys.Has(name)))
            throw NotSupported();

        var open = NotFixed(keys.HashAttributes, conditions);

        if (open.Count > 0)
            throw TableException.Validation($"HASH key attributes {string.Join(", ", open)} must have equality conditions specified in the query");

        var hash = Part([.. keys.HashAttributes.Select(attribute => conditions[attribute.Name].Value)]);
        var ranges = keys.RangeAttributes.ToList();
        var last = ranges.FindLastIndex(attribute => conditions.ContainsKey(attribute.Name));

        if (last < 0)
            return new KeyCondition(hash, Range: null);

        open = NotFixed(ranges[..last], conditions);

        if (open.Count > 0)
        {
            throw TableException.Validation($"RANGE key attributes {string.Join(", ", open)} must have equality conditions specified in the query "
                + $"because a condition is present on key attribute {ranges[last].Name}");
        }

        return new KeyCondition(hash, conditions[ranges[last].Name]) { Fixed = [.. ranges[..last].Select(attribute => conditions[attribute.Name].Value)] };
    }

    private static List<string> NotFixed(IEnumerable<KeyAttribute> attributes, IReadOnlyDictionary<string, RangeCondition> conditions) =>
    [
        .. attributes.Select(attribute => attribute.Name)
            .Where(name => !conditions.TryGetValue(name, out var condition) || condition.Operator != RangeOperator.Equal),
    ];

    private static AttributeValue Part(IReadOnlyList<AttributeValue> values) => values.Count == 1 ? values[0] : new TupleValue(values);

    private static void CheckType(KeyAttribute key, RangeCondition condition)
    {
        CheckType(key, condition.Value);

        if (condition.High is { } high)
            CheckType(key, high);
    }

    private static void CheckType(KeyAttribute key, AttributeValue value)
    {
        if (value.Type != key.Type)
            throw TableException.InvalidParameter("Condition parameter type does not match schema type");

        if (value.Type != AttributeType.Number && value.Size == 0)
        {
            throw TableException.Validation("One or more parameter values are not valid. The AttributeValue for a key attribute "
                + $"cannot contain an empty {(value.Type == AttributeType.String ? "string" : "binary")} value. Key: {key.Name}");
        }
    }

    private static TableException Missing(KeyAttribute key) =>
        TableException.Validation($"Query condition missed key schema element: {key.Name}");

    private static TableException NotSupported() => TableException.Validation("Query key condition not supported");
}
