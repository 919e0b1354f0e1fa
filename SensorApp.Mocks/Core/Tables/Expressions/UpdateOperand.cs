using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>A value on the right of SET.</summary>
public abstract record UpdateOperand
{
    private const string WrongType = "An operand in the update expression has an incorrect data type";

    /// <exception cref="TableException">The item lacks an attribute that is needed, or has one of the wrong type.</exception>
    public abstract AttributeValue ValueIn(Item item);

    protected static T Expect<T>(AttributeValue value) where T : AttributeValue =>
        value as T ?? throw TableException.Validation(WrongType);
}

public sealed record LiteralValue(AttributeValue Value) : UpdateOperand
{
    public override AttributeValue ValueIn(Item item) => Value;
}

public sealed record CopiedValue(DocumentPath Path) : UpdateOperand
{
    public override AttributeValue ValueIn(Item item) => Path.Find(item) ?? throw TableException.Validation(
        "The provided expression refers to an attribute that does not exist in the item");
}

public sealed record IfNotExistsValue(DocumentPath Path, UpdateOperand Default) : UpdateOperand
{
    public override AttributeValue ValueIn(Item item) => Path.Find(item) ?? Default.ValueIn(item);
}

public sealed record ListAppendValue(UpdateOperand First, UpdateOperand Second) : UpdateOperand
{
    public override AttributeValue ValueIn(Item item) =>
        new ListValue([.. Expect<ListValue>(First.ValueIn(item)).Elements, .. Expect<ListValue>(Second.ValueIn(item)).Elements]);
}

public sealed record ArithmeticValue(bool Minus, UpdateOperand Left, UpdateOperand Right) : UpdateOperand
{
    public override AttributeValue ValueIn(Item item)
    {
        var left = Expect<NumberValue>(Left.ValueIn(item)).Number;
        var right = Expect<NumberValue>(Right.ValueIn(item)).Number;
        return new NumberValue(Minus ? left - right : left + right);
    }
}
