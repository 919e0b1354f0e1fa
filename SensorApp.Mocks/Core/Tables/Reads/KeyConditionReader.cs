using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Reads;

/// <summary>Finds in the syntax tree of a key condition what it says about the hash key and the range key.</summary>
public static class KeyConditionReader
{
    /// <summary>A condition on one attribute.</summary>
    private sealed record Clause(string Attribute, RangeCondition Condition);

    /// <returns>What fits the condition to the key of a table or index, once that is found.</returns>
    /// <exception cref="TableException">It is not of the form of a key condition; from what is returned: not a condition on the key. The message is AWS's.</exception>
    public static Func<KeySchema, KeyCondition> Read(Condition condition)
    {
        var clauses = Clauses(condition).ToList();

        if (clauses.Select(clause => clause.Attribute).Distinct().Count() < clauses.Count)
            throw TableException.Validation("Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key");

        return keys => KeyConditionBinding.Bind(keys, clauses.ToDictionary(clause => clause.Attribute, clause => clause.Condition));
    }

    private static IEnumerable<Clause> Clauses(Condition condition) => condition switch
    {
        AndCondition and => Clauses(and.Left).Concat(Clauses(and.Right)),
        Comparison comparison => [OfComparison(comparison)],
        BetweenCondition between => [OfBetween(between)],
        BeginsWithCondition begins => [new Clause(AttributeOf("begins_with", begins.Tested, begins.Prefix), new(RangeOperator.BeginsWith, ValueOf(begins.Prefix)))],
        _ => throw InvalidOperator(OperatorOf(condition)),
    };

    private static Clause OfComparison(Comparison comparison)
    {
        var (left, right, symbol) = comparison.Left is LiteralOperand
            ? (comparison.Right, comparison.Left, Mirrored(comparison.Operator))
            : (comparison.Left, comparison.Right, comparison.Operator);

        var attribute = AttributeOf(symbol, left, right);
        return new Clause(attribute, new RangeCondition(OperatorNamed(symbol), ValueOf(right)));
    }

    private static Clause OfBetween(BetweenCondition between) => new(
        AttributeOf("BETWEEN", between.Tested, between.Low, between.High),
        new RangeCondition(RangeOperator.Between, ValueOf(between.Low), ValueOf(between.High)));

    private static string AttributeOf(string function, Operand first, params ReadOnlySpan<Operand> others)
    {
        var paths = first is PathOperand ? 1 : 0;

        foreach (var operand in others)
            paths += operand is PathOperand ? 1 : 0;

        if (paths > 1)
            throw TableException.Validation("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");

        if (first is SizeOperand)
            throw TableException.Validation("KeyConditionExpressions cannot contain nested operations");

        if (paths == 0)
            throw TableException.Validation("Invalid condition in KeyConditionExpression: No key attribute specified");

        if (first is not PathOperand { Path: var path })
            throw TableException.Validation($"Invalid condition in KeyConditionExpression: {function} operator must have the key attribute as its first operand");

        return path.IsNested
            ? throw TableException.Validation("KeyConditionExpressions cannot have conditions on nested attributes")
            : path.Attribute;
    }

    private static AttributeValue ValueOf(Operand operand) => operand is LiteralOperand literal
        ? literal.Value
        : throw TableException.Validation("KeyConditionExpressions cannot contain nested operations");

    private static RangeOperator OperatorNamed(string symbol) => symbol switch
    {
        "=" => RangeOperator.Equal,
        "<" => RangeOperator.Less,
        "<=" => RangeOperator.LessOrEqual,
        ">" => RangeOperator.Greater,
        ">=" => RangeOperator.GreaterOrEqual,
        _ => throw InvalidOperator(symbol),
    };

    private static string Mirrored(string symbol) => symbol switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => symbol,
    };

    private static string OperatorOf(Condition condition) => condition switch
    {
        OrCondition => "OR",
        InCondition => "IN",
        ContainsCondition => "contains",
        TypeCondition => "attribute_type",
        ExistsCondition => "attribute_exists",
        NotCondition { Inner: ExistsCondition } => "attribute_not_exists",
        _ => "NOT",
    };

    private static TableException InvalidOperator(string name) =>
        TableException.Validation($"Invalid operator used in KeyConditionExpression: {name}");
}
