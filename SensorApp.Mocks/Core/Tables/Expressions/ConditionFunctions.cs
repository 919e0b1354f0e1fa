using System.Globalization;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>The functions of conditions: their names, how many operands they take, and of which types.</summary>
internal static class ConditionFunctions
{
    private static readonly Dictionary<string, int> OperandCounts = new()
    {
        ["attribute_exists"] = 1,
        ["attribute_not_exists"] = 1,
        ["attribute_type"] = 2,
        ["begins_with"] = 2,
        ["contains"] = 2,
        ["size"] = 1,
    };

    /// <summary>What is wrong with a function's name; null when it may stand in a condition.</summary>
    public static TableException? FaultOf(string name, ExpressionKind kind)
    {
        if (name is "if_not_exists" or "list_append")
            return kind.Invalid($"The function is not allowed in a {Words(kind)}; function: {name}");

        return OperandCounts.ContainsKey(name) ? null : kind.Invalid($"Invalid function name; function: {name}");
    }

    /// <summary>A function of a name with no fault.</summary>
    /// <exception cref="TableException">Operands that it does not take.</exception>
    public static ExpressionNode Build(string name, IReadOnlyList<Operand> operands, ExpressionKind kind)
    {
        if (operands.Count != OperandCounts[name])
        {
            throw kind.Invalid("Incorrect number of operands for operator or function; "
                + $"operator or function: {name}, number of operands: {operands.Count.ToString(CultureInfo.InvariantCulture)}");
        }

        return name switch
        {
            "attribute_exists" => new ExistsCondition(PathOf(operands[0], name, kind)),
            "attribute_not_exists" => new NotCondition(new ExistsCondition(PathOf(operands[0], name, kind))),
            "attribute_type" => new TypeCondition(operands[0], TypeName(operands[1], kind)),
            "begins_with" => BeginsWith(operands, kind),
            "contains" => Contains(operands, kind),
            _ => Size(operands[0], kind),
        };
    }

    private static DocumentPath PathOf(Operand operand, string name, ExpressionKind kind) => operand is PathOperand path
        ? path.Path
        : throw kind.Invalid($"Operator or function requires a document path; operator or function: {name}");

    private static Operand TypeName(Operand operand, ExpressionKind kind)
    {
        if (operand is not LiteralOperand literal)
            throw kind.IncorrectOperand("attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");

        if (literal.Value is not StringValue name)
            throw kind.IncorrectOperand("attribute_type", literal.Value.Type.Code());

        return Enum.GetValues<AttributeType>().Any(type => type.Code() == name.Text) ? operand : throw kind.Invalid(
            $"Invalid attribute type name found; type: {name.Text}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}");
    }

    private static BeginsWithCondition BeginsWith(IReadOnlyList<Operand> operands, ExpressionKind kind)
    {
        foreach (var operand in operands)
        {
            if (operand is LiteralOperand { Value: not (StringValue or BinaryValue) } literal)
                throw kind.IncorrectOperand("begins_with", literal.Value.Type.Code());
        }

        OperandRules.CheckDistinct("begins_with", operands[0], [operands[1]], kind);
        return new BeginsWithCondition(operands[0], operands[1]);
    }

    private static ContainsCondition Contains(IReadOnlyList<Operand> operands, ExpressionKind kind)
    {
        if (operands[0] is LiteralOperand { Value: NumberValue or BooleanValue or NullValue or MapValue } literal)
            throw kind.IncorrectOperand("contains", literal.Value.Type.Code());

        OperandRules.CheckDistinct("contains", operands[0], [operands[1]], kind);
        return new ContainsCondition(operands[0], operands[1]);
    }

    private static SizeOperand Size(Operand operand, ExpressionKind kind) => operand switch
    {
        SizeOperand => throw kind.Invalid("The function is not allowed to be used this way in an expression; function: size"),
        LiteralOperand { Value: NumberValue or BooleanValue or NullValue } literal => throw kind.IncorrectOperand("size", literal.Value.Type.Code()),
        _ => new SizeOperand(operand),
    };

    private static string Words(ExpressionKind kind) => kind switch
    {
        ExpressionKind.FilterExpression => "filter expression",
        ExpressionKind.KeyConditionExpression => "key condition expression",
        _ => "condition expression",
    };
}
