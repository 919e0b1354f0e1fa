using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Reads;

/// <summary>Finds in the syntax tree of a key condition what it says about the hash key and the range key.</summary>
public static class KeyConditionReader
{
    /// <summary>A condition on one attribute.</summary>
    private sealed record Clause(string Attribute, RangeCondition Condition);

    /// <exception cref="TableException">It is not a condition on the key; the message is AWS's.</exception>
    public static KeyCondition Read(Condition condition, KeySchema keys)
    {
        var clauses = Clauses(condition).ToList();

        if (clauses.Select(clause => clause.Attribute).Distinct().Count() < clauses.Count)
            throw TableException.Validation("KeyConditionExpressions must only contain one condition per key");

        if (clauses.Count > 2)
            throw TableException.Validation("Conditions can be of length 1 or 2 only");

        var hash = clauses.Find(clause => clause.Attribute == keys.Hash.Name) ?? throw Missing(keys.Hash);
        var other = clauses.Find(clause => clause != hash);

        if (other is not null && other.Attribute != keys.Range?.Name)
            throw keys.Range is { } range ? Missing(range) : NotSupported();

        return Checked(keys, hash.Condition, other?.Condition);
    }

    /// <summary>Checks the conditions on hash key and range key against the schema.</summary>
    /// <exception cref="TableException">The hash key is not fixed, or a value has not the key's type.</exception>
    public static KeyCondition Checked(KeySchema keys, RangeCondition hash, RangeCondition? range)
    {
        if (hash.Operator != RangeOperator.Equal)
            throw NotSupported();

        CheckType(keys.Hash, hash.Value);

        if (range is not null && keys.Range is { } rangeKey)
        {
            CheckType(rangeKey, range.Value);
            CheckType(rangeKey, range.High ?? range.Value);
        }

        return new KeyCondition(hash.Value, range);
    }

    public static TableException Missing(KeyAttribute key) =>
        TableException.Validation($"Query condition missed key schema element: {key.Name}");

    public static TableException NotSupported() => TableException.Validation("Query key condition not supported");

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
