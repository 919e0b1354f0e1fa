namespace SensorApp.Mocks.Core.Tables.Values;

/// <summary>The order of keys and of comparisons: numbers by value, strings by UTF-8 bytes, binaries by unsigned bytes.</summary>
public static class ValueOrder
{
    /// <summary>
    /// Compares two values of the same ordered type; values of other types compare as equal. Key parts of several values
    /// compare one after another, and as equal where one of them ends first.
    /// </summary>
    public static int Compare(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        (StringValue a, StringValue b) => CompareText(a.Text, b.Text),
        (NumberValue a, NumberValue b) => a.Number.CompareTo(b.Number),
        (BinaryValue a, BinaryValue b) => a.Bytes.AsSpan().SequenceCompareTo(b.Bytes),
        (TupleValue, _) or (_, TupleValue) => CompareParts(TupleValue.PartsOf(left), TupleValue.PartsOf(right)),
        _ => 0,
    };

    /// <summary>
    /// Whether a string or binary begins with another; false for other types. Of a key part of several values, all but the last
    /// of the prefix must be equal.
    /// </summary>
    public static bool BeginsWith(AttributeValue value, AttributeValue prefix) => (value, prefix) switch
    {
        (StringValue a, StringValue b) => a.Text.StartsWith(b.Text, StringComparison.Ordinal),
        (BinaryValue a, BinaryValue b) => a.Bytes.AsSpan().StartsWith(b.Bytes),
        (TupleValue, _) => PartsBeginWith(TupleValue.PartsOf(value), TupleValue.PartsOf(prefix)),
        _ => false,
    };

    private static int CompareParts(IReadOnlyList<AttributeValue> left, IReadOnlyList<AttributeValue> right)
    {
        for (var i = 0; i < left.Count && i < right.Count; i++)
        {
            if (Compare(left[i], right[i]) is var order and not 0)
                return order;
        }

        return 0;
    }

    private static bool PartsBeginWith(IReadOnlyList<AttributeValue> values, IReadOnlyList<AttributeValue> prefix)
    {
        var last = prefix.Count - 1;
        return values.Take(last).SequenceEqual(prefix.Take(last)) && BeginsWith(values[last], prefix[last]);
    }

    // UTF-16 order differs from UTF-8 order only where a surrogate meets a unit above it.
    private static int CompareText(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);

        if (common == left.Length || common == right.Length)
            return left.Length.CompareTo(right.Length);

        var (a, b) = (left[common], right[common]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) && b < '\uD800' || char.IsSurrogate(a) ? 1 : -1;
    }
}
