using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html</summary>
internal sealed class DeleteTable(TableStore store, TableDescription description) : IAction
{
    public string Name => nameof(DeleteTable);

    public Shape Input { get; } = Shape.Structure("DeleteTableInput", CommonShapes.TableName);

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var table = await store.DeleteAsync(request.RequireTableName());
        description.WriteDeleted(answer, table);
    }
}
