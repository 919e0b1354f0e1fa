using SensorApp.Mocks.Core.Tables.Entries;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Reads;

public enum RangeOperator
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Between,
    BeginsWith,
}

/// <param name="Operator">How the range key relates to the value.</param>
/// <param name="Value">The value, or the lower of two.</param>
/// <param name="High">The upper value of <see cref="RangeOperator.Between"/>; else null.</param>
public sealed record RangeCondition(RangeOperator Operator, AttributeValue Value, AttributeValue? High = null);

/// <summary>What a query selects: one partition, and of that all or a stretch.</summary>
public sealed record KeyCondition(AttributeValue Hash, RangeCondition? Range)
{
    /// <summary>The values of the range attributes before the one that <see cref="Range"/> is about; none where there is but one attribute.</summary>
    public IReadOnlyList<AttributeValue> Fixed { get; init; } = [];

    public EntryRange ToRange()
    {
        var partition = new EntryRange(Bound(null, after: false), Bound(null, after: true));

        return Range is null ? partition : Range.Operator switch
        {
            RangeOperator.Less => partition with { Upper = Bound(Range.Value, after: false) },
            RangeOperator.LessOrEqual => partition with { Upper = Bound(Range.Value, after: true) },
            RangeOperator.Greater => partition with { Lower = Bound(Range.Value, after: true) },
            RangeOperator.GreaterOrEqual => partition with { Lower = Bound(Range.Value, after: false) },
            RangeOperator.BeginsWith => new EntryRange(
                Bound(Range.Value, after: false) with { RangeIsPrefix = true },
                Bound(Range.Value, after: true) with { RangeIsPrefix = true }),
            _ => new EntryRange(Bound(Range.Value, after: false), Bound(Range.High ?? Range.Value, after: true)),
        };
    }

    private EntryBound Bound(AttributeValue? range, bool after) => EntryBound.AtPartition(Hash, after) with
    {
        Range = Fixed.Count == 0 ? range : new TupleValue(range is null ? Fixed : [.. Fixed, range]),
    };
}
