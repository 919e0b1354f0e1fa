using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html</summary>
internal sealed class TransactGetItems(TableStore store) : IAction
{
    public string Name => nameof(TransactGetItems);

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var wanted = Check(request).Select(Read).ToList();

        if (wanted.DistinctBy(get => (get.Table.Definition.Name, get.Key)).Count() < wanted.Count)
            throw TableException.Validation("Transaction request cannot include multiple operations on one item");

        var items = store.ReadTogether(wanted.Select(get => (get.Table, get.Key)));
        var capacity = new ConsumedCapacity(request, transactional: true);
        answer.WriteStartArray("Responses");

        foreach (var (get, item) in wanted.Zip(items))
        {
            answer.WriteStartObject();
            answer.WriteItem("Item", item is null ? null : get.Projection?.Of(item) ?? item);
            answer.WriteEndObject();
            capacity.AddRead(get.Table, index: null, item?.Size ?? 0, consistent: true);
        }

        answer.WriteEndArray();
        capacity.WriteAll(answer);
        return Task.CompletedTask;
    }

    private Wanted Read(JsonFields part)
    {
        var get = part.Object("Get");
        var constraints = new Constraints();
        constraints.Require("transactItems.member.get", get);

        if (get is { } given)
        {
            constraints.Name("transactItems.member.get.tableName", given.TableName());
            constraints.Require("transactItems.member.get.key", given.Object("Key"));
        }

        constraints.Check();
        return ReadGet(get!.Value); // Require has refused null
    }

    private Wanted ReadGet(JsonFields get)
    {
        var expressions = new RequestExpressions(get, ["ProjectionExpression"]);
        var projection = expressions.Projection("ProjectionExpression");
        expressions.CheckAllUsed();
        var table = store.RequireTable(get);
        return new Wanted(table, KeyReader.Read(table, get), projection);
    }

    private static IReadOnlyList<JsonFields> Check(JsonFields request)
    {
        var parts = request.Objects("TransactItems");
        var constraints = new Constraints();
        constraints.Require("transactItems", parts);
        constraints.MinLength("transactItems", "[]", parts?.Count, 1);
        constraints.MaxLength("transactItems", "[...]", parts?.Count, TableLimits.TransactionItems);
        constraints.CheckReturnConsumedCapacity(request);
        constraints.Check();
        return parts!; // Require has refused null
    }

    private sealed record Wanted(Table Table, ItemKey Key, Projection? Projection);
}
