using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>A truth about an item. A condition may be evaluated by many requests at once.</summary>
public abstract record Condition : ExpressionNode
{
    /// <param name="item">The item; an item that does not exist is <see cref="Item.Empty"/>.</param>
    public abstract bool Holds(Item item);

    /// <summary>The names of all attributes that the condition looks at.</summary>
    public virtual IEnumerable<string> Attributes => [];

    protected static IEnumerable<string> AttributesOf(params IEnumerable<Operand> operands) => operands.SelectMany(operand => operand switch
    {
        PathOperand path => [path.Path.Attribute],
        SizeOperand size => AttributesOf(size.Of),
        _ => (string[])[],
    });
}

public sealed record AndCondition(Condition Left, Condition Right) : Condition
{
    public override bool Holds(Item item) => Left.Holds(item) && Right.Holds(item);

    public override IEnumerable<string> Attributes => Left.Attributes.Concat(Right.Attributes);
}

public sealed record OrCondition(Condition Left, Condition Right) : Condition
{
    public override bool Holds(Item item) => Left.Holds(item) || Right.Holds(item);

    public override IEnumerable<string> Attributes => Left.Attributes.Concat(Right.Attributes);
}

public sealed record NotCondition(Condition Inner) : Condition
{
    public override bool Holds(Item item) => !Inner.Holds(item);

    public override IEnumerable<string> Attributes => Inner.Attributes;
}

/// <summary>A comparison; operands of different types, or absent ones, are only ever unequal.</summary>
public sealed record Comparison(string Operator, Operand Left, Operand Right) : Condition
{
    public override bool Holds(Item item)
    {
        var (left, right) = (Left.ValueIn(item), Right.ValueIn(item));

        return Operator switch
        {
            "=" => left is not null && left.Equals(right),
            "<>" => left is null || !left.Equals(right),
            _ => Ordered.Compare(left, right) is { } order && Satisfies(order),
        };
    }

    public override IEnumerable<string> Attributes => AttributesOf(Left, Right);

    private bool Satisfies(int order) => Operator switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };
}

public sealed record BetweenCondition(Operand Tested, Operand Low, Operand High) : Condition
{
    public override bool Holds(Item item)
    {
        var tested = Tested.ValueIn(item);
        return Ordered.Compare(Low.ValueIn(item), tested) <= 0 && Ordered.Compare(tested, High.ValueIn(item)) <= 0;
    }

    public override IEnumerable<string> Attributes => AttributesOf(Tested, Low, High);
}

public sealed record InCondition(Operand Tested, IReadOnlyList<Operand> Candidates) : Condition
{
    public override bool Holds(Item item) =>
        Tested.ValueIn(item) is { } tested && Candidates.Any(candidate => tested.Equals(candidate.ValueIn(item)));

    public override IEnumerable<string> Attributes => AttributesOf(Candidates.Prepend(Tested));
}

internal static class Ordered
{
    /// <summary>The order of two values of one ordered type; null where there is none.</summary>
    public static int? Compare(AttributeValue? left, AttributeValue? right) =>
        left is not null && right is not null && left.Type == right.Type && left.Type.IsOrdered() ? ValueOrder.Compare(left, right) : null;
}
