using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>The size estimate of item collections, which only tables with local indexes have.</summary>
internal static class ItemCollectionMetrics
{
    public static bool Applies(JsonFields fields, Table table) =>
        fields.Text("ReturnItemCollectionMetrics") == "SIZE" && table.Definition.LocalIndexes.Any();

    public static void Write(Utf8JsonWriter json, Table table, ItemKey key)
    {
        json.WriteStartObject();
        json.WriteStartObject("ItemCollectionKey");
        json.WritePropertyName(table.Definition.Keys.Hash.Name);
        json.WriteValue(key.Hash);
        json.WriteEndObject();
        json.WriteStartArray("SizeEstimateRangeGB");
        json.WriteNumberValue(0);
        json.WriteNumberValue(1);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
