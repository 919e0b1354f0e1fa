namespace SensorApp.Mocks.Core.Tables.Expressions;

/// <summary>Which parameter an expression came in; messages name it.</summary>
public enum ExpressionKind
{
    ConditionExpression,
    FilterExpression,
    KeyConditionExpression,
    ProjectionExpression,
    UpdateExpression,
}

internal static class ExpressionErrors
{
    public static TableException Invalid(this ExpressionKind kind, string detail) => TableException.Validation($"Invalid {kind}: {detail}");

    public static TableException IncorrectOperand(this ExpressionKind kind, string function, string type) =>
        kind.Invalid($"Incorrect operand type for operator or function; operator or function: {function}, operand type: {type}");
}
