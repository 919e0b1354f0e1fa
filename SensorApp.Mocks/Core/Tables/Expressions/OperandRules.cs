using System.Globalization;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>What DynamoDB refuses about the operands of comparisons before it looks at any item.</summary>
internal static class OperandRules
{
    public static Comparison Checked(Comparison comparison, ExpressionKind kind)
    {
        if (comparison.Operator is not ("=" or "<>"))
            CheckOrdered(comparison.Operator, kind, comparison.Left, comparison.Right);

        CheckDistinct(comparison.Operator, comparison.Left, [comparison.Right], kind);
        return comparison;
    }

    public static BetweenCondition Checked(BetweenCondition between, ExpressionKind kind)
    {
        CheckOrdered("BETWEEN", kind, between.Tested, between.Low, between.High);

        if (between is { Low: LiteralOperand low, High: LiteralOperand high })
            CheckBounds(low.Value, high.Value, kind);

        CheckDistinct("BETWEEN", between.Tested, [between.Low, between.High], kind);
        return between;
    }

    public static InCondition Checked(InCondition condition, ExpressionKind kind)
    {
        if (condition.Candidates.Count > TableLimits.InCandidates)
        {
            throw kind.Invalid("The IN operator is provided with too many operands; "
                + $"number of operands: {condition.Candidates.Count.ToString(CultureInfo.InvariantCulture)}");
        }

        CheckDistinct("IN", condition.Tested, condition.Candidates, kind);
        return condition;
    }

    public static void CheckDistinct(string function, Operand first, IEnumerable<Operand> others, ExpressionKind kind)
    {
        if (first is PathOperand { Path: var path } && others.Any(other => other is PathOperand same && same.Path.SamePlaceAs(path)))
        {
            throw kind.Invalid("The first operand must be distinct from the remaining operands for this operator or function; "
                + $"operator: {function}, first operand: {path}");
        }
    }

    private static void CheckOrdered(string function, ExpressionKind kind, params ReadOnlySpan<Operand> operands)
    {
        foreach (var operand in operands)
        {
            if (operand is LiteralOperand literal && !literal.Value.Type.IsOrdered())
                throw kind.IncorrectOperand(function, literal.Value.Type.Code());
        }
    }

    private static void CheckBounds(AttributeValue low, AttributeValue high, ExpressionKind kind)
    {
        var bounds = $"lower bound operand: AttributeValue: {Shown(low)}, upper bound operand: AttributeValue: {Shown(high)}";

        if (low.Type != high.Type)
            throw kind.Invalid("The BETWEEN operator requires same data type for lower and upper bounds; " + bounds);

        if (ValueOrder.Compare(low, high) > 0)
            throw kind.Invalid("The BETWEEN operator requires upper bound to be greater than or equal to lower bound; " + bounds);
    }

    private static string Shown(AttributeValue value) => value switch
    {
        StringValue text => $"{{S:{text.Text}}}",
        NumberValue number => $"{{N:{number.Number}}}",
        BinaryValue binary => $"{{B:{Convert.ToBase64String(binary.Bytes)}}}",
        _ => $"{{{value.Type.Code()}}}",
    };
}
