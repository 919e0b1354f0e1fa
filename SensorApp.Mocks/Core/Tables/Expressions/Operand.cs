using System.Globalization;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>A node of a condition's syntax tree: a value to be computed, or a truth.</summary>
public abstract record ExpressionNode;

/// <summary>Something that has a value for an item.</summary>
public abstract record Operand : ExpressionNode
{
    /// <summary>The value for an item; null when the item has none there.</summary>
    public abstract AttributeValue? ValueIn(Item item);
}

public sealed record PathOperand(DocumentPath Path) : Operand
{
    public override AttributeValue? ValueIn(Item item) => Path.Find(item);
}

public sealed record LiteralOperand(AttributeValue Value) : Operand
{
    public override AttributeValue? ValueIn(Item item) => Value;
}

/// <summary>Stands where something was wrong, so that the rest of the expression can be read; never evaluated.</summary>
internal sealed record BrokenOperand : Operand
{
    public override AttributeValue? ValueIn(Item item) => null;
}

/// <summary><c>size(x)</c>: bytes of a string (in UTF-8) or binary, members of a set, list or map.</summary>
public sealed record SizeOperand(Operand Of) : Operand
{
    public override AttributeValue? ValueIn(Item item) => Of.ValueIn(item) switch
    {
        StringValue or BinaryValue => Count(Of.ValueIn(item)!.Size),
        SetValue set => Count(set.Elements.Count),
        ListValue list => Count(list.Elements.Count),
        MapValue map => Count(map.Members.Count),
        _ => null,
    };

    private static NumberValue Count(int count) => new(ExactNumber.Parse(count.ToString(CultureInfo.InvariantCulture)));
}
