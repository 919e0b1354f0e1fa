using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Legacy;

/// <summary>
/// Reads <c>AttributeUpdates</c> into an update expression.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.AttributeUpdates.html
/// </summary>
internal static class LegacyUpdates
{
    /// <returns>Null when the parameter is absent.</returns>
    public static UpdateExpression? Read(JsonFields fields) => fields.Object("AttributeUpdates") is { } updates
        ? new UpdateExpression([.. updates.Members().Select(member => Read(member.Key, new JsonFields(member.Value)))]) { IsLegacy = true }
        : null;

    private static UpdateAction Read(string attribute, JsonFields update)
    {
        var action = update.Text("Action") ?? "PUT";
        var constraints = new Constraints();
        constraints.OneOf($"attributeUpdates.{attribute}.member.action", action, "ADD", "PUT", "DELETE");
        constraints.Check();

        AttributeNames.Check(attribute);
        var path = DocumentPath.Of(attribute);
        var value = update.Element("Value") is { } element ? ValueReader.Read(element) : null;

        return (action, value) switch
        {
            ("DELETE", null) => new RemoveAction(path),
            ("DELETE", SetValue set) => new DeleteAction(path, set),
            ("DELETE", { } other) => throw TableException.InvalidParameter(
                $"DELETE action with value is not supported for the type {other.Type.Code()}"),
            (_, null) => throw TableException.InvalidParameter("Only DELETE action is allowed when no attribute value is specified"),
            ("ADD", NumberValue or SetValue or ListValue) => new AddAction(path, value),
            ("ADD", _) => throw TableException.InvalidParameter($"ADD action is not supported for the type {value.Type.Code()}"),
            _ => new SetAction(path, new LiteralValue(value)),
        };
    }
}
