using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Legacy;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html</summary>
internal sealed class BatchGetItem(TableStore store) : IAction
{
    public string Name => nameof(BatchGetItem);

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var parts = BatchRequest.Read(request).ToDictionary(part => part.Key, part => new JsonFields(part.Value));
        Check(parts.Values);
        var wanted = parts.Select(part => Read(part.Key, part.Value)).ToList();
        var capacity = new ConsumedCapacity(request);
        var room = (long)TableLimits.BatchGetBytes;
        var left = new List<Wanted>();

        answer.WriteStartObject("Responses");

        foreach (var part in wanted)
            left.Add(part with { Keys = WriteFound(answer, part, capacity, ref room) });

        answer.WriteEndObject();
        WriteUnprocessed(answer, left.Where(part => part.Keys.Count > 0), parts);
        capacity.WriteAll(answer);
        return Task.CompletedTask;
    }

    private Wanted Read(string name, JsonFields part)
    {
        var expressions = new RequestExpressions(part, ["ProjectionExpression"], ["AttributesToGet"]);
        var projection = expressions.Projection("ProjectionExpression") ?? LegacyAttributes.Read(part);
        expressions.CheckAllUsed();

        var table = store.Require(RequestParts.NameIn(name));
        var keys = part.List("Keys")!.Select(key => table.Definition.Keys.RequireOnly(ValueReader.ReadItem(key))).ToList(); // Check has refused absent ones

        return keys.Distinct().Count() == keys.Count
            ? new Wanted(name, table, keys, projection, part.Flag("ConsistentRead") ?? false)
            : throw TableException.Validation("Provided list of item keys contains duplicates");
    }

    /// <returns>The keys for which there was no room.</returns>
    private static IReadOnlyList<ItemKey> WriteFound(Utf8JsonWriter answer, Wanted wanted, ConsumedCapacity capacity, ref long room)
    {
        answer.WriteStartArray(wanted.Name);
        var read = 0;

        for (; read < wanted.Keys.Count && room > 0; read++)
        {
            var item = wanted.Table.Find(wanted.Keys[read]);
            room -= item?.Size ?? 0;
            capacity.AddRead(wanted.Table, index: null, item?.Size ?? 0, wanted.Consistent);

            if (item is not null)
                answer.WriteItem(wanted.Projection?.Of(item) ?? item);
        }

        answer.WriteEndArray();
        return [.. wanted.Keys.Skip(read)];
    }

    private static void WriteUnprocessed(Utf8JsonWriter answer, IEnumerable<Wanted> left, Dictionary<string, JsonFields> parts)
    {
        answer.WriteStartObject("UnprocessedKeys");

        foreach (var part in left)
        {
            answer.WriteStartObject(part.Name);

            foreach (var (name, value) in parts[part.Name].Members().Where(member => member.Key != "Keys"))
            {
                answer.WritePropertyName(name);
                value.WriteTo(answer);
            }

            answer.WriteStartArray("Keys");

            foreach (var key in part.Keys)
                answer.WriteItem(part.Table.Definition.Keys.ToItem(key));

            answer.WriteEndArray();
            answer.WriteEndObject();
        }

        answer.WriteEndObject();
    }

    private static void Check(IEnumerable<JsonFields> parts)
    {
        var constraints = new Constraints();
        var keys = 0;

        foreach (var part in parts)
        {
            var list = part.List("Keys");
            constraints.Require("requestItems.member.keys", list);
            constraints.MinLength("requestItems.member.keys", "[]", list?.Count, 1);
            constraints.MaxLength("requestItems.member.keys", "[...]", list?.Count, TableLimits.BatchGetKeys);
            keys += list?.Count ?? 0;
        }

        constraints.Check();

        if (keys > TableLimits.BatchGetKeys)
            throw TableException.Validation("Too many items requested for the BatchGetItem call");
    }

    private sealed record Wanted(string Name, Table Table, IReadOnlyList<ItemKey> Keys, Projection? Projection, bool Consistent);
}
