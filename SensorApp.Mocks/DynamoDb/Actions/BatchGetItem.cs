using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Legacy;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html</summary>
internal sealed class BatchGetItem(TableStore store) : IAction
{
    public Shape Input { get; } = Shape.Structure("BatchGetItemInput",
        ("RequestItems", Shape.Map(Shape.Structure("KeysAndAttributes",
            ("Keys", Shape.List(CommonShapes.Item)),
            ("ConsistentRead", Shape.Flag),
            ("ProjectionExpression", Shape.Text),
            ("ExpressionAttributeNames", CommonShapes.Names),
            ("AttributesToGet", CommonShapes.Texts)))),
        ("ReturnConsumedCapacity", Shape.Text));

    public string Name => nameof(BatchGetItem);

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var parts = Check(request).ToDictionary(part => part.Key, part => new JsonFields(part.Value));

        if (parts.Values.Sum(part => part.List("Keys")?.Count) > TableLimits.BatchGetKeys)
            throw TableException.Validation("Too many items requested for the BatchGetItem call");

        // The service reads all of the request before it looks for any table.
        var asked = parts.Select(part => Read(part.Key, part.Value)).ToList();
        var wanted = asked.Select(Find).ToList();
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

    private static Asked Read(string name, JsonFields part)
    {
        var expressions = new RequestExpressions(part, ["ProjectionExpression"], ["AttributesToGet"]);
        var projection = expressions.Projection("ProjectionExpression") ?? LegacyAttributes.Read(part);
        expressions.CheckAllUsed();

        var keys = part.List("Keys")!.Select(ValueReader.ReadItem).ToList(); // Check has refused absent ones

        return keys.DistinctBy(key => key.Attributes).Count() == keys.Count
            ? new Asked(name, keys, projection, part.Flag("ConsistentRead") ?? false)
            : throw TableException.Validation("Provided list of item keys contains duplicates");
    }

    private Wanted Find(Asked asked)
    {
        var table = store.Require(RequestParts.NameIn(asked.Name));
        return new Wanted(asked.Name, table, [.. asked.Keys.Select(table.Definition.Keys.RequireOnly)], asked.Projection, asked.Consistent);
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

    private IReadOnlyDictionary<string, JsonElement> Check(JsonFields request)
    {
        var parts = BatchRequest.Read(request, Name);
        var constraints = new Constraints();
        constraints.Require("requestItems", parts);
        // Unlike other operations this one shows the request as it came.
        constraints.CheckNames(parts, () => ShownValue.AsSent(request.Element("RequestItems")));

        foreach (var (name, part) in parts ?? new Dictionary<string, JsonElement>())
            CheckPart(constraints, name, new JsonFields(part));

        constraints.CheckReturnConsumedCapacity(request);
        constraints.Check();
        return parts!; // Require has refused null
    }

    private static void CheckPart(Constraints constraints, string table, JsonFields part)
    {
        var path = $"requestItems.{table}.member.keys";
        var keys = part.List("Keys");
        constraints.Require(path, keys);

        if (keys?.Count == 0)
            constraints.Add(path, "'[]'", "Member must have length greater than or equal to 1");

        // This one rule is told in another form, which names parameters as they are spelled and shows no value.
        if (keys?.Count > TableLimits.BatchGetKeys)
            constraints.AddUnshown($"RequestItems.{table}.member.Keys", $"Member must have length less than or equal to {TableLimits.BatchGetKeys.Text()}");
    }

    private sealed record Asked(string Name, IReadOnlyList<Item> Keys, Projection? Projection, bool Consistent);

    private sealed record Wanted(string Name, Table Table, IReadOnlyList<ItemKey> Keys, Projection? Projection, bool Consistent);
}
