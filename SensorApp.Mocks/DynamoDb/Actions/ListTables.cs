using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html</summary>
internal sealed class ListTables(TableStore store) : IAction
{
    private const int LargestPage = 100;

    public string Name => nameof(ListTables);

    public Shape Input { get; } = Shape.Structure("ListTablesInput", ("ExclusiveStartTableName", Shape.Text), ("Limit", Shape.Integer));

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var start = request.Text("ExclusiveStartTableName");
        var limit = request.Whole("Limit");
        var constraints = new Constraints();
        constraints.Name("exclusiveStartTableName", start, required: false);
        constraints.AtLeast("limit", limit, 1);
        constraints.AtMost("limit", limit, LargestPage);
        constraints.Check();

        var names = store.Tables.Select(table => table.Definition.Name)
            .Where(name => start is null || string.CompareOrdinal(name, start) > 0).ToList();
        var page = names.Take((int)(limit ?? LargestPage)).ToList();

        answer.WriteStartArray("TableNames");
        page.ForEach(answer.WriteStringValue);
        answer.WriteEndArray();

        if (page.Count < names.Count)
            answer.WriteString("LastEvaluatedTableName", page[^1]);

        return Task.CompletedTask;
    }
}
