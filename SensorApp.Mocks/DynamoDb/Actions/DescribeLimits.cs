using System.Text.Json;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>
/// Answers the default quotas of a region.
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html
/// </summary>
internal sealed class DescribeLimits : IAction
{
    private const int AccountUnits = 80_000;
    private const int TableUnits = 40_000;

    public string Name => nameof(DescribeLimits);

    public Shape Input { get; } = Shape.Structure("DescribeLimitsInput");

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        answer.WriteNumber("AccountMaxReadCapacityUnits", AccountUnits);
        answer.WriteNumber("AccountMaxWriteCapacityUnits", AccountUnits);
        answer.WriteNumber("TableMaxReadCapacityUnits", TableUnits);
        answer.WriteNumber("TableMaxWriteCapacityUnits", TableUnits);
        return Task.CompletedTask;
    }
}
