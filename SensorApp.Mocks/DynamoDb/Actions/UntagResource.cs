using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html</summary>
internal sealed class UntagResource(TableStore store) : IAction
{
    public string Name => nameof(UntagResource);

    public Shape Input { get; } = Shape.Structure("UntagResourceInput", ("ResourceArn", Shape.Text), ("TagKeys", CommonShapes.Texts));

    public bool AnswersNothing => true;

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var arn = TaggedTable.ReadArn(request, Name, "TagKeys");
        var keys = request.Texts("TagKeys");

        if (keys is not { Count: > 0 })
            throw TableException.Validation("Atleast one Tag Key needs to be provided as Input.");

        await store.RedefineAsync(TaggedTable.Find(store, arn, Name), table =>
            table with { Tags = table.Tags.Where(tag => !keys.Contains(tag.Key)).ToDictionary() });
    }
}
