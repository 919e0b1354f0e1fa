using System.Text.Json;
using SensorApp.Mocks.Core.Tables.Entries;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Reads;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>Answers a query or scan: the items of a page that pass the filter, counts, and where to go on.</summary>
internal static class PageAnswer
{
    public static void Write(JsonFields request, Utf8JsonWriter answer, ReadParameters target, PageRequest pageRequest, Condition? filter)
    {
        var page = pageRequest.Read();
        var matching = page.Entries.Select(entry => Fetch(entry, target)).OfType<Item>().Where(item => filter?.Holds(item) ?? true).ToList();

        if (!target.CountsOnly)
            WriteItems(answer, matching, target.Projection);

        answer.WriteNumber("Count", matching.Count);
        answer.WriteNumber("ScannedCount", page.Entries.Count);

        if (page.Last is { } last)
            StartKeys.Write(answer, last, target);

        WriteCapacity(request, answer, target, page);
    }

    private static Item? Fetch(Entry entry, ReadParameters target) =>
        target.ReadsWholeItems ? target.Table.Find(entry.Owner) : entry.Item.Read();

    private static void WriteItems(Utf8JsonWriter answer, List<Item> items, Projection? projection)
    {
        answer.WriteStartArray("Items");

        foreach (var item in items)
            answer.WriteItem(projection?.Of(item) ?? item);

        answer.WriteEndArray();
    }

    private static void WriteCapacity(JsonFields request, Utf8JsonWriter answer, ReadParameters target, Page page)
    {
        var consistent = request.Flag("ConsistentRead") ?? false;
        var capacity = new ConsumedCapacity(request);
        capacity.AddRead(target.Table, target.Index, page.Bytes, consistent);

        if (target.ReadsWholeItems)
        {
            foreach (var entry in page.Entries)
                capacity.AddRead(target.Table, index: null, target.Table.FindStored(entry.Owner)?.Size ?? 0, consistent);
        }

        capacity.WriteOne(answer);
    }
}
