using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html</summary>
internal sealed class TransactGetItems(TableStore store) : IAction
{
    private static readonly StructureShape Input = Shape.Structure("TransactGetItemsInput",
        ("TransactItems", Shape.List(Shape.Structure("TransactGetItem",
            ("Get", Shape.Structure("Get",
                CommonShapes.TableName,
                ("Key", CommonShapes.Item),
                ("ProjectionExpression", Shape.Text),
                ("ExpressionAttributeNames", CommonShapes.Names)))))),
        ("ReturnConsumedCapacity", Shape.Text));

    public string Name => nameof(TransactGetItems);

    Shape IAction.Input => Input;

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        // The service reads all of the request before it looks for any table.
        var asked = Check(request).Select(Read).ToList();
        var wanted = TransactionParts.Bind(
            asked, get => store.RequireTable(get.Fields), (get, table) => new Wanted(table, table.Definition.Keys.RequireOnly(get.Key), get.Projection));

        if (wanted.DistinctBy(get => (get.Table.Definition.Name, get.Key)).Count() < wanted.Count)
            throw TableException.Validation("Transaction request cannot include multiple operations on one item");

        var items = store.ReadTogether(wanted.Select(get => (get.Table, get.Key)));
        var capacity = new ConsumedCapacity(request, transactional: true);
        answer.WriteStartArray("Responses");

        foreach (var (get, item) in wanted.Zip(items))
        {
            answer.WriteStartObject();
            answer.WriteItem("Item", item is null ? null : get.Projection?.Of(item) ?? item);
            answer.WriteEndObject();
            capacity.AddRead(get.Table, index: null, item?.Size ?? 0, consistent: true);
        }

        answer.WriteEndArray();
        capacity.WriteAll(answer);
        return Task.CompletedTask;
    }

    private static Asked Read(JsonFields part, int index)
    {
        var get = part.Object("Get");
        var constraints = new Constraints();
        var path = $"{Constraints.Member("transactItems", index)}.get";
        constraints.Require(path, get);

        if (get is { } given)
        {
            constraints.Name($"{path}.tableName", given.TableName());
            constraints.Require($"{path}.key", given.Object("Key"));
        }

        constraints.Check();
        return ReadGet(get!.Value); // Require has refused null
    }

    private static Asked ReadGet(JsonFields get)
    {
        var key = KeyReader.Read(get);
        var expressions = new RequestExpressions(get, ["ProjectionExpression"]);
        var projection = expressions.Projection("ProjectionExpression");
        expressions.CheckAllUsed();
        return new Asked(get, key, projection);
    }

    private static IReadOnlyList<JsonFields> Check(JsonFields request)
    {
        var parts = request.Objects("TransactItems");
        var constraints = new Constraints();
        constraints.Require("transactItems", parts);
        constraints.Count("transactItems", request.Element("TransactItems"), Input.Find("TransactItems")!, 1, TableLimits.TransactionItems); // the shape has that member
        constraints.CheckReturnConsumedCapacity(request);
        constraints.Check();
        return parts!; // Require has refused null
    }

    private sealed record Asked(JsonFields Fields, Item Key, Projection? Projection);

    private sealed record Wanted(Table Table, ItemKey Key, Projection? Projection);
}
