using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.Core.Tables.Writes;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html</summary>
internal sealed class BatchWriteItem(TableStore store) : IAction
{
    private const string CountRule = "Map value must satisfy constraint: [Member must have length less than or equal to 25, "
        + "Member must have length greater than or equal to 1]";

    private static readonly StructureShape Input = Shape.Structure("BatchWriteItemInput",
        ("RequestItems", Shape.Map(Shape.List(Shape.Structure("WriteRequest",
            ("PutRequest", Shape.Structure("PutRequest", ("Item", CommonShapes.Item))),
            ("DeleteRequest", Shape.Structure("DeleteRequest", ("Key", CommonShapes.Item))))))),
        ("ReturnConsumedCapacity", Shape.Text),
        ("ReturnItemCollectionMetrics", Shape.Text));

    public string Name => nameof(BatchWriteItem);

    Shape IAction.Input => Input;

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var parts = Check(request).ToDictionary(part => part.Key, part => Requests(part.Value));
        CheckCounts(parts, request);
        // The service reads all of the request before it looks for any table.
        var asked = parts.SelectMany(part => part.Value.Select(element => Read(part.Key, element))).ToList();
        var writes = asked.Select(Find).ToList();

        if (writes.DistinctBy(write => (write.Table.Definition.Name, write.Key)).Count() < writes.Count)
            throw TableException.Validation("Provided list of item keys contains duplicates");

        var results = await Task.WhenAll(writes.Select(store.WriteAsync));

        answer.WriteStartObject("UnprocessedItems");
        answer.WriteEndObject();
        WriteMetrics(request, answer, writes);
        var capacity = new ConsumedCapacity(request);

        foreach (var (write, result) in writes.Zip(results))
            capacity.AddWrite(write.Table, result);

        capacity.WriteAll(answer);
    }

    private static List<JsonFields> Requests(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().Select(request => new JsonFields(request))]
        : throw JsonFields.Mismatch();

    private static Asked Read(string name, JsonFields request)
    {
        var put = request.Object("PutRequest");
        var delete = request.Object("DeleteRequest");

        if (put is null == delete is null)
        {
            throw TableException.Validation("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        }

        return put is { } putFields ? ReadPut(name, putFields) : ReadDelete(name, delete!.Value); // exactly one of them is there
    }

    private static Asked ReadPut(string name, JsonFields put)
    {
        var item = ValueReader.ReadItem(put.Element("Item") ?? throw Absent("putRequest.item"));
        ItemRules.CheckSize(item);
        return new Asked(name, item, IsPut: true);
    }

    private static Asked ReadDelete(string name, JsonFields delete) =>
        new(name, ValueReader.ReadItem(delete.Element("Key") ?? throw Absent("deleteRequest.key")), IsPut: false);

    private ItemWrite Find(Asked asked)
    {
        var table = store.Require(RequestParts.NameIn(asked.Table));
        var keys = table.Definition.Keys;

        if (!asked.IsPut)
            return new DeleteWrite(table, keys.RequireOnly(asked.Attributes), Condition: null);

        // Unlike PutItem, a batch does not say what is wrong with the key.
        if (keys.FindIn(asked.Attributes) is null)
            throw KeySchema.Mismatch();

        return new PutWrite(table, ItemRules.CheckKeys(table.Definition, asked.Attributes), asked.Attributes, Condition: null);
    }

    private static TableException Absent(string path) => TableException.Validation(
        $"1 validation error detected: Value null at 'requestItems.member.{path}' failed to satisfy constraint: Member must not be null");

    private IReadOnlyDictionary<string, JsonElement> Check(JsonFields request)
    {
        var parts = BatchRequest.Read(request, Name);
        var constraints = new Constraints();
        constraints.Require("requestItems", parts);
        constraints.CheckReturnConsumedCapacity(request);
        constraints.OneOf("returnItemCollectionMetrics", request.Text("ReturnItemCollectionMetrics"), "SIZE", "NONE");
        constraints.Check();
        // Names come after all the rest here.
        constraints.CheckNames(parts, () => Shown(request));
        constraints.Check();
        return parts!; // Require has refused null
    }

    private static string Shown(JsonFields request) =>
        ShownValue.Of(request.Element("RequestItems")!.Value, Input.Find("RequestItems")!); // there are requests, and the shape has that member

    private static void CheckCounts(Dictionary<string, List<JsonFields>> parts, JsonFields request)
    {
        if (parts.Values.Any(requests => requests.Count is 0 or > TableLimits.BatchWriteItems))
        {
            var constraints = new Constraints();
            constraints.Add("requestItems", $"'{Shown(request)}'", CountRule);
            constraints.Check();
        }

        if (parts.Values.Sum(requests => requests.Count) > TableLimits.BatchWriteItems)
            throw TableException.Validation("Too many items requested for the BatchWriteItem call");
    }

    private static void WriteMetrics(JsonFields request, Utf8JsonWriter answer, List<ItemWrite> writes)
    {
        var tables = writes.Where(write => ItemCollectionMetrics.Applies(request, write.Table)).GroupBy(write => write.Table).ToList();

        if (tables.Count == 0)
            return;

        answer.WriteStartObject("ItemCollectionMetrics");

        foreach (var table in tables)
        {
            answer.WriteStartArray(table.Key.Definition.Name);

            foreach (var write in table.DistinctBy(write => write.Key.Hash))
                ItemCollectionMetrics.Write(answer, table.Key, write.Key);

            answer.WriteEndArray();
        }

        answer.WriteEndObject();
    }

    /// <param name="Table">The table's name as given.</param>
    /// <param name="Attributes">An item to put, or the key of one to delete.</param>
    /// <param name="IsPut">Which of the two.</param>
    private sealed record Asked(string Table, Item Attributes, bool IsPut);
}
