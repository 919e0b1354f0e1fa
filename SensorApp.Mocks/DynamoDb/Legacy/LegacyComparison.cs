using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Legacy;

/// <summary>A <c>ComparisonOperator</c> with its values.</summary>
internal sealed record LegacyComparison(string Operator, IReadOnlyList<AttributeValue> Values)
{
    private static readonly string[] Operators =
        ["IN", "NULL", "BETWEEN", "LT", "NOT_CONTAINS", "EQ", "GT", "NOT_NULL", "NE", "LE", "BEGINS_WITH", "GE", "CONTAINS"];

    /// <exception cref="TableException">An unknown operator, or values of a number or type that it does not take.</exception>
    public static LegacyComparison Read(JsonFields condition)
    {
        var name = condition.Text("ComparisonOperator") ?? throw TableException.Validation(
            "1 validation error detected: Value null at 'comparisonOperator' failed to satisfy constraint: Member must not be null");
        var constraints = new Constraints();
        constraints.OneOf("comparisonOperator", name, Operators);
        constraints.Check();

        // Expected may give its one value outside a list.
        var values = condition.Element("Value") is { } value
            ? [ValueReader.Read(value)]
            : condition.List("AttributeValueList")?.Select(ValueReader.Read).ToList() ?? [];

        var comparison = new LegacyComparison(name, values);
        comparison.CheckCount();
        comparison.CheckTypes();
        return comparison;
    }

    /// <summary>The comparison as a condition on an attribute.</summary>
    public Condition On(string attribute)
    {
        var path = DocumentPath.Of(attribute);
        var operand = new PathOperand(path);

        return Operator switch
        {
            "NULL" => new NotCondition(new ExistsCondition(path)),
            "NOT_NULL" => new ExistsCondition(path),
            "EQ" => new Comparison("=", operand, Literal(0)),
            "NE" => new Comparison("<>", operand, Literal(0)),
            "LT" => new Comparison("<", operand, Literal(0)),
            "LE" => new Comparison("<=", operand, Literal(0)),
            "GT" => new Comparison(">", operand, Literal(0)),
            "GE" => new Comparison(">=", operand, Literal(0)),
            "BETWEEN" => new BetweenCondition(operand, Literal(0), Literal(1)),
            "IN" => new InCondition(operand, [.. Values.Select(value => new LiteralOperand(value))]),
            "BEGINS_WITH" => new BeginsWithCondition(operand, Literal(0)),
            "CONTAINS" => new ContainsCondition(operand, Literal(0)),
            // Unlike NOT contains(…), this does not hold where the attribute is missing.
            _ => new AndCondition(new ExistsCondition(path), new NotCondition(new ContainsCondition(operand, Literal(0)))),
        };
    }

    private LiteralOperand Literal(int index) => new(Values[index]);

    private void CheckCount()
    {
        var fits = Operator switch
        {
            "NULL" or "NOT_NULL" => Values.Count == 0,
            "BETWEEN" => Values.Count == 2,
            "IN" => Values.Count > 0,
            _ => Values.Count == 1,
        };

        if (!fits)
            throw TableException.InvalidParameter($"Invalid number of argument(s) for the {Operator} ComparisonOperator");
    }

    private void CheckTypes()
    {
        foreach (var value in Values)
        {
            if (!Takes(value.Type))
                throw TableException.InvalidParameter($"ComparisonOperator {Operator} is not valid for {value.Type.Code()} AttributeValue type");
        }

        if (Operator is "BETWEEN" or "IN" && Values.Any(value => value.Type != Values[0].Type))
            throw TableException.InvalidParameter("AttributeValues inside AttributeValueList must be of same type");

        if (Operator == "BETWEEN" && ValueOrder.Compare(Values[0], Values[1]) > 0)
            throw TableException.Validation("The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
    }

    private bool Takes(AttributeType type) => Operator switch
    {
        "LT" or "LE" or "GT" or "GE" or "BETWEEN" or "IN" => type.IsOrdered(),
        "BEGINS_WITH" => type is AttributeType.String or AttributeType.Binary,
        "CONTAINS" or "NOT_CONTAINS" => !type.IsSet() && type is not (AttributeType.List or AttributeType.Map),
        _ => true,
    };
}
