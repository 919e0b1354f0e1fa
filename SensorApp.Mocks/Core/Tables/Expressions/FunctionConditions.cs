using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

public sealed record ExistsCondition(DocumentPath Path) : Condition
{
    public override bool Holds(Item item) => Path.Find(item) is not null;

    public override IEnumerable<string> Attributes => [Path.Attribute];
}

public sealed record TypeCondition(Operand Tested, Operand TypeName) : Condition
{
    public override bool Holds(Item item) =>
        Tested.ValueIn(item) is { } value && TypeName.ValueIn(item) is StringValue name && value.Type.Code() == name.Text;

    public override IEnumerable<string> Attributes => AttributesOf(Tested);
}

public sealed record BeginsWithCondition(Operand Tested, Operand Prefix) : Condition
{
    public override bool Holds(Item item) =>
        Tested.ValueIn(item) is { } value && Prefix.ValueIn(item) is { } prefix && ValueOrder.BeginsWith(value, prefix);

    public override IEnumerable<string> Attributes => AttributesOf(Tested, Prefix);
}

/// <summary>A substring of a string or binary, an element of a set or list.</summary>
public sealed record ContainsCondition(Operand Tested, Operand Sought) : Condition
{
    public override bool Holds(Item item) => (Tested.ValueIn(item), Sought.ValueIn(item)) switch
    {
        (StringValue text, StringValue part) => text.Text.Contains(part.Text, StringComparison.Ordinal),
        (BinaryValue bytes, BinaryValue part) => bytes.Bytes.AsSpan().IndexOf(part.Bytes) >= 0,
        (SetValue set, { } element) => set.Contains(element),
        (ListValue list, { } element) => list.Elements.Contains(element),
        _ => false,
    };

    public override IEnumerable<string> Attributes => AttributesOf(Tested, Sought);
}
