using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.Core.Tables.Writes;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html</summary>
internal sealed class UpdateItem(TableStore store) : IAction
{
    public string Name => nameof(UpdateItem);

    public Shape Input { get; } = Shape.Structure("UpdateItemInput",
    [
        ("Key", CommonShapes.Item),
        ("UpdateExpression", Shape.Text),
        ("AttributeUpdates", Shape.Map(Shape.Structure("AttributeValueUpdate", ("Action", Shape.Text), ("Value", CommonShapes.Value)))),
        .. CommonShapes.ItemWrite,
    ]);

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        Check(request);
        var write = (UpdateWrite)ItemWriteReader.ReadUpdate(request).In(store);
        var result = await store.WriteAsync(write);
        ItemWriteAnswer.Write(request, answer, write, result, Asked(request.Text("ReturnValues"), write.Update, result));
    }

    private static Item? Asked(string? returnValues, UpdateExpression update, WriteResult result) => returnValues switch
    {
        "ALL_OLD" => result.Before,
        "ALL_NEW" => result.After,
        "UPDATED_OLD" => Touched(update, result.Before),
        "UPDATED_NEW" => Touched(update, result.After),
        _ => null,
    };

    private static Item? Touched(UpdateExpression update, Item? item) =>
        item is null || update.Actions.Count == 0 ? null : new Projection([.. update.Paths]).Of(item);

    private static void Check(JsonFields request)
    {
        var constraints = new Constraints();
        constraints.CheckTable(request);
        constraints.Require("key", request.Object("Key"));
        constraints.CheckItemWrite(request);
        constraints.Check();
    }
}
