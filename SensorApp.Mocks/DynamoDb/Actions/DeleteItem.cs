using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html</summary>
internal sealed class DeleteItem(TableStore store) : IAction
{
    public string Name => nameof(DeleteItem);

    public Shape Input { get; } = Shape.Structure("DeleteItemInput", [("Key", CommonShapes.Item), .. CommonShapes.ItemWrite]);

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        Check(request);
        var write = ItemWriteReader.ReadDelete(request).In(store);
        var result = await store.WriteAsync(write);
        ItemWriteAnswer.Write(request, answer, write, result, request.Text("ReturnValues") == "ALL_OLD" ? result.Before : null);
    }

    private static void Check(JsonFields request)
    {
        var constraints = new Constraints();
        constraints.CheckTable(request);
        constraints.Require("key", request.Object("Key"));
        constraints.CheckItemWrite(request);
        constraints.Check();

        if (request.Text("ReturnValues") is not (null or "NONE" or "ALL_OLD"))
            throw TableException.Validation("ReturnValues can only be ALL_OLD or NONE");
    }
}
