using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html</summary>
internal sealed class DescribeTable(TableStore store, TableDescription description) : IAction
{
    public string Name => nameof(DescribeTable);

    public Shape Input { get; } = Shape.Structure("DescribeTableInput", CommonShapes.TableName);

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        description.Write(answer, "Table", store.RequireNamedTable(request));
        return Task.CompletedTask;
    }
}
