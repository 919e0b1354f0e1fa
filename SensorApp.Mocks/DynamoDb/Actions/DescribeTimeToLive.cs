using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html</summary>
internal sealed class DescribeTimeToLive(TableStore store) : IAction
{
    public string Name => nameof(DescribeTimeToLive);

    public Shape Input { get; } = Shape.Structure("DescribeTimeToLiveInput", CommonShapes.TableName);

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var attribute = store.RequireNamedTable(request).Definition.TimeToLiveAttribute;

        answer.WriteStartObject("TimeToLiveDescription");
        answer.WriteString("TimeToLiveStatus", attribute is null ? "DISABLED" : "ENABLED");

        if (attribute is not null)
            answer.WriteString("AttributeName", attribute);

        answer.WriteEndObject();
        return Task.CompletedTask;
    }
}
