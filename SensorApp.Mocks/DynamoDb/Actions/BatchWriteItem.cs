using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Writes;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html</summary>
internal sealed class BatchWriteItem(TableStore store) : IAction
{
    public string Name => nameof(BatchWriteItem);

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var parts = BatchRequest.Read(request).ToDictionary(part => part.Key, part => Requests(part.Value));
        Check(parts);
        var writes = parts.SelectMany(part => part.Value.Select(element => Read(part.Key, element))).ToList();

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
        : throw JsonFields.Mismatch(element, "list");

    private ItemWrite Read(string name, JsonFields request)
    {
        var put = request.Object("PutRequest");
        var delete = request.Object("DeleteRequest");

        if (put is null == delete is null)
        {
            throw TableException.Validation("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes: "
                + "a WriteRequest must contain exactly one of PutRequest and DeleteRequest");
        }

        return put is { } putFields ? ReadPut(name, putFields) : ReadDelete(name, delete!.Value); // exactly one of them is there
    }

    private PutWrite ReadPut(string name, JsonFields put)
    {
        var item = ValueReader.ReadItem(put.Element("Item") ?? throw Absent("putRequest.item"));
        var table = store.Require(RequestParts.NameIn(name));
        return new PutWrite(table, ItemRules.Check(table.Definition, item), item, Condition: null);
    }

    private DeleteWrite ReadDelete(string name, JsonFields delete)
    {
        var key = ValueReader.ReadItem(delete.Element("Key") ?? throw Absent("deleteRequest.key"));
        var table = store.Require(RequestParts.NameIn(name));
        return new DeleteWrite(table, table.Definition.Keys.RequireOnly(key), Condition: null);
    }

    private static TableException Absent(string path) => TableException.Validation(
        $"1 validation error detected: Value null at 'requestItems.member.{path}' failed to satisfy constraint: Member must not be null");

    private static void Check(Dictionary<string, List<JsonFields>> parts)
    {
        var constraints = new Constraints();

        foreach (var (name, requests) in parts)
        {
            constraints.MinLength($"requestItems.{name}.member", "[]", requests.Count, 1);
            constraints.MaxLength($"requestItems.{name}.member", "[...]", requests.Count, TableLimits.BatchWriteItems);
        }

        constraints.Check();

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
}
