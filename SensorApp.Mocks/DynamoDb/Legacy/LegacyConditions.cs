using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Legacy;

/// <summary>
/// Reads the parameters from before there were expressions into the same syntax tree.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
/// </summary>
internal static class LegacyConditions
{
    /// <summary><c>Expected</c>, joined by <c>ConditionalOperator</c>; null when absent.</summary>
    public static Condition? ReadExpected(JsonFields fields) => Read(fields, "Expected", ReadExpectation);

    /// <summary><c>QueryFilter</c> or <c>ScanFilter</c>, joined by <c>ConditionalOperator</c>; null when absent.</summary>
    public static Condition? ReadFilter(JsonFields fields, string parameter) =>
        Read(fields, parameter, (name, condition) => LegacyComparison.Read(condition).On(name));

    private static Condition? Read(JsonFields fields, string parameter, Func<string, JsonFields, Condition> read)
    {
        var members = fields.Object(parameter)?.Members() ?? new Dictionary<string, JsonElement>();
        var conditions = members.Select(member => read(member.Key, new JsonFields(member.Value))).ToList();

        if (fields.Text("ConditionalOperator") is not { } joint)
            return conditions.Count == 0 ? null : conditions.Aggregate((left, right) => new AndCondition(left, right));

        if (!fields.Has(parameter))
            throw TableException.InvalidParameter("ConditionalOperator cannot be used without Filter or Expected");

        if (conditions.Count < 2)
            throw TableException.InvalidParameter("ConditionalOperator can only be used when Filter or Expected has two or more elements");

        return conditions.Aggregate((left, right) => joint == "OR" ? new OrCondition(left, right) : new AndCondition(left, right));
    }

    private static Condition ReadExpectation(string name, JsonFields expected)
    {
        var exists = expected.Flag("Exists");

        if (expected.Has("Value") && expected.Has("AttributeValueList"))
            throw TableException.InvalidParameter("Value and AttributeValueList cannot be used together for Attribute: " + name);

        if (expected.Text("ComparisonOperator") is { } comparison)
        {
            if (exists is not null)
                throw TableException.InvalidParameter("Exists and ComparisonOperator cannot be used together for Attribute: " + name);

            if (comparison is not ("NULL" or "NOT_NULL") && !expected.Has("Value") && !expected.Has("AttributeValueList"))
                throw TableException.InvalidParameter($"Value or AttributeValueList must be used with ComparisonOperator: {comparison} for Attribute: {name}");

            return LegacyComparison.Read(expected).On(name);
        }

        if (expected.Has("AttributeValueList"))
            throw TableException.InvalidParameter("AttributeValueList can only be used with a ComparisonOperator for Attribute: " + name);

        return ReadExistence(name, expected, exists ?? true);
    }

    private static Condition ReadExistence(string name, JsonFields expected, bool exists)
    {
        var path = DocumentPath.Of(name);

        if (!exists)
        {
            return expected.Has("Value")
                ? throw TableException.InvalidParameter("Value cannot be used when Exists is false for Attribute: " + name)
                : new NotCondition(new ExistsCondition(path));
        }

        return expected.Element("Value") is { } value
            ? new Comparison("=", new PathOperand(path), new LiteralOperand(ValueReader.Read(value)))
            : throw TableException.InvalidParameter($"Value must be provided when Exists is {(expected.Has("Exists") ? "true" : "null")} for Attribute: {name}");
    }
}
