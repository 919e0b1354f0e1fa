using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html</summary>
internal sealed class ListTagsOfResource(TableStore store) : IAction
{
    public string Name => nameof(ListTagsOfResource);

    public Shape Input { get; } = Shape.Structure("ListTagsOfResourceInput", ("ResourceArn", Shape.Text), ("NextToken", Shape.Text));

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var table = store.RequireNamed(TaggedTable.Find(store, TaggedTable.ReadArn(request, Name), Name));
        answer.WriteStartArray("Tags");

        foreach (var (key, value) in table.Definition.Tags)
        {
            answer.WriteStartObject();
            answer.WriteString("Key", key);
            answer.WriteString("Value", value);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
        return Task.CompletedTask;
    }
}
