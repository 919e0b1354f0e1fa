using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html</summary>
internal sealed class UntagResource(TableStore store) : IAction
{
    public string Name => nameof(UntagResource);

    public bool AnswersNothing => true;

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var keys = request.Texts("TagKeys");
        var constraints = new Constraints();
        constraints.Require("tagKeys", keys);
        constraints.Check();

        if (keys is not { Count: > 0 })
            throw TableException.Validation("Atleast one Tag Key needs to be provided as Input.");

        await store.RedefineAsync(TaggedTable.Find(store, request), table =>
            table with { Tags = table.Tags.Where(tag => !keys.Contains(tag.Key)).ToDictionary() });
    }
}
