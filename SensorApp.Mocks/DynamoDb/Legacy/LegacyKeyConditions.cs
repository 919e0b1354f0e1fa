using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Reads;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Legacy;

/// <summary>Reads <c>KeyConditions</c>.</summary>
internal static class LegacyKeyConditions
{
    /// <returns>What fits the conditions to the key of a table or index, once that is found.</returns>
    /// <exception cref="TableException">Wrong operators or values; from what is returned: not a condition on the key.</exception>
    public static Func<KeySchema, KeyCondition> Read(JsonFields parameter)
    {
        var comparisons = parameter.Members().ToDictionary(member => member.Key, member => LegacyComparison.Read(new JsonFields(member.Value)));

        if (comparisons.Count is 0 or > 2)
            throw TableException.Validation("Conditions can be of length 1 or 2 only");

        return keys => KeyConditionBinding.Bind(keys, comparisons.ToDictionary(comparison => comparison.Key, comparison => Translated(comparison.Value)));
    }

    private static RangeCondition Translated(LegacyComparison comparison)
    {
        RangeOperator? known = comparison.Operator switch
        {
            "EQ" => RangeOperator.Equal,
            "LT" => RangeOperator.Less,
            "LE" => RangeOperator.LessOrEqual,
            "GT" => RangeOperator.Greater,
            "GE" => RangeOperator.GreaterOrEqual,
            "BETWEEN" => RangeOperator.Between,
            "BEGINS_WITH" => RangeOperator.BeginsWith,
            _ => null,
        };

        return known is { } named
            ? new RangeCondition(named, comparison.Values[0], comparison.Values.ElementAtOrDefault(1))
            : throw TableException.Validation("Attempted conditional constraint is not an indexable operation");
    }
}
