using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Legacy;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html</summary>
internal sealed class GetItem(TableStore store) : IAction
{
    public string Name => nameof(GetItem);

    public Shape Input { get; } = Shape.Structure("GetItemInput",
        CommonShapes.TableName,
        ("Key", CommonShapes.Item),
        ("ConsistentRead", Shape.Flag),
        ("ProjectionExpression", Shape.Text),
        ("ExpressionAttributeNames", CommonShapes.Names),
        ("AttributesToGet", CommonShapes.Texts),
        ("ReturnConsumedCapacity", Shape.Text));

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        Check(request);
        var expressions = new RequestExpressions(request, ["ProjectionExpression"], ["AttributesToGet"]);
        var key = KeyReader.Read(request);
        expressions.ReadPlaceholders();
        var projection = expressions.Projection("ProjectionExpression") ?? LegacyAttributes.Read(request);
        expressions.CheckAllUsed();

        var table = store.RequireTable(request);
        var found = table.Definition.Keys.RequireOnly(key);
        table.Definition.CheckPaths(projection?.Paths ?? []);
        var item = table.Find(found);

        if (item is not null)
            answer.WriteItem("Item", projection?.Of(item) ?? item);

        var capacity = new ConsumedCapacity(request);
        capacity.AddRead(table, index: null, item?.Size ?? 0, request.Flag("ConsistentRead") ?? false);
        capacity.WriteOne(answer);
        return Task.CompletedTask;
    }

    private static void Check(JsonFields request)
    {
        var constraints = new Constraints();
        constraints.CheckTable(request);
        constraints.Require("key", request.Object("Key"));
        constraints.CheckReturnConsumedCapacity(request);
        constraints.Check();
    }
}
