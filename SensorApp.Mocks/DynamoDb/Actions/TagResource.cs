using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html</summary>
internal sealed class TagResource(TableStore store) : IAction
{
    public string Name => nameof(TagResource);

    public Shape Input { get; } = Shape.Structure("TagResourceInput", ("ResourceArn", Shape.Text), ("Tags", CommonShapes.Tags));

    public bool AnswersNothing => true;

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var arn = TaggedTable.ReadArn(request, Name, "Tags");

        var tags = TagReader.Read(request) is { Count: > 0 } given
            ? given
            : throw TableException.Validation("Atleast one Tag needs to be provided as Input.");

        await store.RedefineAsync(TaggedTable.Find(store, arn, Name), table =>
        {
            var all = table.Tags.Where(tag => !tags.ContainsKey(tag.Key)).Concat(tags).ToDictionary();
            TagReader.CheckCount(all.Count);
            return table with { Tags = all };
        });
    }
}
