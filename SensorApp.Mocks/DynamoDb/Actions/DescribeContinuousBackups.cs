using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>
/// Says that there are none: infrastructure tools ask before they do anything with a table.
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html
/// </summary>
internal sealed class DescribeContinuousBackups(TableStore store) : IAction
{
    public string Name => nameof(DescribeContinuousBackups);

    public Shape Input { get; } = Shape.Structure("DescribeContinuousBackupsInput", CommonShapes.TableName);

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var name = request.RequireTableName();

        if (!store.TryFind(name, out _))
            throw new TableException(TableError.TableNotFound, $"Table not found: {name}");

        answer.WriteStartObject("ContinuousBackupsDescription");
        answer.WriteString("ContinuousBackupsStatus", "DISABLED");
        answer.WriteStartObject("PointInTimeRecoveryDescription");
        answer.WriteString("PointInTimeRecoveryStatus", "DISABLED");
        answer.WriteEndObject();
        answer.WriteEndObject();
        return Task.CompletedTask;
    }
}
