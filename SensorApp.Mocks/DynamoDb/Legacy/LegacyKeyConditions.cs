using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Reads;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Legacy;

/// <summary>Reads <c>KeyConditions</c>.</summary>
internal static class LegacyKeyConditions
{
    /// <exception cref="TableException">It is not a condition on the key.</exception>
    public static KeyCondition Read(JsonFields parameter, KeySchema keys)
    {
        var conditions = parameter.Members().ToDictionary(member => member.Key, member => LegacyComparison.Read(new JsonFields(member.Value)));

        if (conditions.Count is 0 or > 2)
            throw TableException.Validation("Conditions can be of length 1 or 2 only");

        if (!conditions.Remove(keys.Hash.Name, out var hash))
            throw KeyConditionReader.Missing(keys.Hash);

        LegacyComparison? range = null;

        if (conditions.Count > 0 && (keys.Range is null || !conditions.TryGetValue(keys.Range.Name, out range)))
            throw keys.Range is null ? KeyConditionReader.NotSupported() : KeyConditionReader.Missing(keys.Range);

        return KeyConditionReader.Checked(keys, Translated(hash), range is null ? null : Translated(range));
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
