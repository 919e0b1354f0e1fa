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

    /// <exception cref="TableException">From every member: a parameter breaks a rule that needs no table.</exception>
    public static PendingWrite ReadPut(JsonFields fields)
    {
        var expressions = new RequestExpressions(fields, Conditional, LegacyConditional);
        // The constraints have refused a request without an item.
        var item = ValueReader.ReadItem(fields.Element("Item")!.Value);
        ItemRules.CheckSize(item);
        var condition = ReadCondition(expressions, fields);
        return new PendingWrite(fields, table => new PutWrite(table, ItemRules.CheckKeys(table.Definition, item), item, condition));
    }

    public static PendingWrite ReadDelete(JsonFields fields)
    {
        var expressions = new RequestExpressions(fields, Conditional, LegacyConditional);
        var key = KeyReader.Read(fields);
        var condition = ReadCondition(expressions, fields);
        return new PendingWrite(fields, table => new DeleteWrite(table, table.Definition.Keys.RequireOnly(key), condition));
    }

    public static PendingWrite ReadCheck(JsonFields fields)
    {
        var expressions = new RequestExpressions(fields, Conditional);
        var key = KeyReader.Read(fields);
        // The constraints have refused a check without a condition.
        var condition = ReadCondition(expressions, fields)!;
        return new PendingWrite(fields, table => new ConditionCheck(table, table.Definition.Keys.RequireOnly(key), condition));
    }

    public static PendingWrite ReadUpdate(JsonFields fields)
    {
        var expressions = new RequestExpressions(fields, Updating, LegacyUpdating);
        var key = KeyReader.Read(fields);
        var legacy = LegacyUpdates.Read(fields);
        var update = expressions.Update("UpdateExpression") ?? legacy ?? UpdateExpression.Nothing;
        var condition = ReadCondition(expressions, fields);

        return new PendingWrite(fields, table =>
        {
            var found = table.Definition.Keys.RequireOnly(key);
            CheckLeavesKeyAlone(table.Definition.Keys, update);
            table.Definition.CheckPaths(update.Paths);
            return new UpdateWrite(table, found, update, condition);
        });
    }

    private static Condition? ReadCondition(RequestExpressions expressions, JsonFields fields)
    {
        var legacy = LegacyConditions.ReadExpected(fields);
        var condition = expressions.Condition("ConditionExpression", ExpressionKind.ConditionExpression) ?? legacy;
        expressions.CheckAllUsed();
        return condition;
    }

    private static void CheckLeavesKeyAlone(KeySchema keys, UpdateExpression update)
    {
        if (update.Paths.FirstOrDefault(path => keys.Has(path.Attribute)) is { } path)
            throw TableException.InvalidParameter($"Cannot update attribute {path.Attribute}. This attribute is part of the key");
    }
}
