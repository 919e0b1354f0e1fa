using System.Text.Json;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>
/// Answers the address that the request came to: clients that ask are to stay here.
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html
/// </summary>
internal sealed class DescribeEndpoints(IHttpContextAccessor accessor) : IAction
{
    private const int CacheMinutes = 1440;

    public string Name => nameof(DescribeEndpoints);

    public Shape Input { get; } = Shape.Structure("DescribeEndpointsRequest");

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        answer.WriteStartArray("Endpoints");
        answer.WriteStartObject();
        answer.WriteString("Address", accessor.HttpContext?.Request.Host.Value);
        answer.WriteNumber("CachePeriodInMinutes", CacheMinutes);
        answer.WriteEndObject();
        answer.WriteEndArray();
        return Task.CompletedTask;
    }
}
