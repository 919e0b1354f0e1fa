using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Writes;
using SensorApp.Mocks.DynamoDb.Legacy;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>Reads the parameters of one write, which stand in an operation of its own or inside a transaction.</summary>
internal static class ItemWriteReader
{
    private static readonly string[] Conditional = ["ConditionExpression"];
    private static readonly string[] Updating = ["UpdateExpression", "ConditionExpression"];
    private static readonly string[] LegacyConditional = ["Expected", "ConditionalOperator"];
    private static readonly string[] LegacyUpdating = ["AttributeUpdates", "Expected", "ConditionalOperator"];

    public static PutWrite ReadPut(TableStore store, JsonFields fields)
    {
        var condition = ReadCondition(fields);
        // The constraints have refused a request without an item.
        var item = ValueReader.ReadItem(fields.Element("Item")!.Value);
        var table = store.RequireTable(fields);
        var key = ItemRules.Check(table.Definition, item);
        return new PutWrite(table, key, item, condition) { ReturnItemOnFailure = fields.ReturnsItemOnFailure() };
    }

    public static DeleteWrite ReadDelete(TableStore store, JsonFields fields)
    {
        var condition = ReadCondition(fields);
        var table = store.RequireTable(fields);
        return new DeleteWrite(table, KeyReader.Read(table, fields), condition) { ReturnItemOnFailure = fields.ReturnsItemOnFailure() };
    }

    public static ConditionCheck ReadCheck(TableStore store, JsonFields fields)
    {
        var condition = ReadCondition(fields) ?? throw TableException.Validation(
            "The expression can not be null or empty: ConditionExpression of a ConditionCheck");
        var table = store.RequireTable(fields);
        return new ConditionCheck(table, KeyReader.Read(table, fields), condition) { ReturnItemOnFailure = fields.ReturnsItemOnFailure() };
    }

    public static UpdateWrite ReadUpdate(TableStore store, JsonFields fields)
    {
        var expressions = new RequestExpressions(fields, Updating, LegacyUpdating);
        var update = expressions.Update("UpdateExpression") ?? LegacyUpdates.Read(fields) ?? UpdateExpression.Nothing;
        var condition = expressions.Condition("ConditionExpression", ExpressionKind.ConditionExpression) ?? LegacyConditions.ReadExpected(fields);
        expressions.CheckAllUsed();

        var table = store.RequireTable(fields);
        var key = KeyReader.Read(table, fields);
        CheckLeavesKeyAlone(table.Definition.Keys, update);
        return new UpdateWrite(table, key, update, condition) { ReturnItemOnFailure = fields.ReturnsItemOnFailure() };
    }

    private static Condition? ReadCondition(JsonFields fields)
    {
        var expressions = new RequestExpressions(fields, Conditional, LegacyConditional);
        var condition = expressions.Condition("ConditionExpression", ExpressionKind.ConditionExpression) ?? LegacyConditions.ReadExpected(fields);
        expressions.CheckAllUsed();
        return condition;
    }

    private static void CheckLeavesKeyAlone(KeySchema keys, UpdateExpression update)
    {
        if (update.Paths.FirstOrDefault(path => keys.Has(path.Attribute)) is { } path)
            throw TableException.InvalidParameter($"Cannot update attribute {path.Attribute}. This attribute is part of the key");
    }
}
