using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.DynamoDb.Wire;

/// <summary>Writes what the service says about a table.</summary>
/// <param name="region">The region in the names of resources.</param>
internal sealed class TableDescription(string region)
{
    /// <summary>The account that owns everything here.</summary>
    public const string Account = "123456789012";

    public string ArnOf(TableDefinition table) => $"arn:aws:dynamodb:{region}:{Account}:table/{table.Name}";

    /// <summary>Writes what is said of a table that is going away: no keys, no attributes, no dates.</summary>
    public void WriteDeleted(Utf8JsonWriter json, Table table)
    {
        var definition = table.Definition;
        var (items, bytes) = table.Measure();

        json.WriteStartObject("TableDescription");
        json.WriteString("TableName", definition.Name);
        json.WriteString("TableStatus", "DELETING");
        WriteThroughput(json, definition.Throughput);
        json.WriteNumber("TableSizeBytes", bytes);
        json.WriteNumber("ItemCount", items);
        json.WriteString("TableArn", ArnOf(definition));
        json.WriteString("TableId", definition.Id);
        WriteBilling(json, definition);
        json.WriteBoolean("DeletionProtectionEnabled", definition.DeletionProtection);
        WriteTableClass(json, definition);
        json.WriteEndObject();
    }

    /// <param name="json">The answer.</param>
    /// <param name="member">The name of the member to write.</param>
    /// <param name="table">The table.</param>
    /// <param name="status">The table's status: changes here take effect at once, but callers expect to be told that they are under way.</param>
    /// <param name="indexStatuses">The indexes that are not active, by name.</param>
    public void Write(Utf8JsonWriter json, string member, Table table, string status = "ACTIVE", IReadOnlyDictionary<string, string>? indexStatuses = null)
    {
        var definition = table.Definition;
        var (items, bytes) = table.Measure();

        json.WriteStartObject(member);
        WriteAttributes(json, definition.Attributes);
        json.WriteString("TableName", definition.Name);
        WriteKeys(json, definition.Keys);
        json.WriteString("TableStatus", status);
        json.WriteNumber("CreationDateTime", definition.Created.ToUnixTimeMilliseconds() / 1000m);
        WriteThroughput(json, definition.Throughput);
        json.WriteNumber("TableSizeBytes", bytes);
        json.WriteNumber("ItemCount", items);
        json.WriteString("TableArn", ArnOf(definition));
        json.WriteString("TableId", definition.Id);
        WriteBilling(json, definition);
        WriteIndexes(json, "LocalSecondaryIndexes", table, [.. definition.LocalIndexes], indexStatuses);
        WriteIndexes(json, "GlobalSecondaryIndexes", table, [.. definition.GlobalIndexes], indexStatuses);
        json.WriteBoolean("DeletionProtectionEnabled", definition.DeletionProtection);
        WriteTableClass(json, definition);
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IReadOnlyList<KeyAttribute> attributes)
    {
        json.WriteStartArray("AttributeDefinitions");

        foreach (var attribute in attributes)
        {
            json.WriteStartObject();
            json.WriteString("AttributeName", attribute.Name);
            json.WriteString("AttributeType", attribute.Type.Code());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteKeys(Utf8JsonWriter json, KeySchema keys)
    {
        json.WriteStartArray("KeySchema");

        foreach (var attribute in keys.Attributes)
        {
            json.WriteStartObject();
            json.WriteString("AttributeName", attribute.Name);
            json.WriteString("KeyType", keys.HashAttributes.Contains(attribute) ? "HASH" : "RANGE");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteThroughput(Utf8JsonWriter json, Throughput? throughput)
    {
        json.WriteStartObject("ProvisionedThroughput");
        json.WriteNumber("NumberOfDecreasesToday", 0);
        json.WriteNumber("ReadCapacityUnits", throughput?.ReadUnits ?? 0);
        json.WriteNumber("WriteCapacityUnits", throughput?.WriteUnits ?? 0);
        json.WriteEndObject();
    }

    private static void WriteBilling(Utf8JsonWriter json, TableDefinition table)
    {
        if (table.PayPerRequestSince is not { } since)
            return;

        json.WriteStartObject("BillingModeSummary");
        json.WriteString("BillingMode", table.Throughput is null ? "PAY_PER_REQUEST" : "PROVISIONED");
        json.WriteNumber("LastUpdateToPayPerRequestDateTime", since.ToUnixTimeMilliseconds() / 1000m);
        json.WriteEndObject();
    }

    private static void WriteTableClass(Utf8JsonWriter json, TableDefinition table)
    {
        if (table.TableClass is not { } tableClass)
            return;

        json.WriteStartObject("TableClassSummary");
        json.WriteString("TableClass", tableClass);
        json.WriteEndObject();
    }

    private void WriteIndexes(
        Utf8JsonWriter json, string member, Table table, IReadOnlyList<IndexDefinition> indexes, IReadOnlyDictionary<string, string>? statuses)
    {
        if (indexes.Count == 0)
            return;

        json.WriteStartArray(member);

        foreach (var index in indexes)
            WriteIndex(json, table, index, statuses?.GetValueOrDefault(index.Name) ?? "ACTIVE");

        json.WriteEndArray();
    }

    private void WriteIndex(Utf8JsonWriter json, Table table, IndexDefinition index, string status)
    {
        json.WriteStartObject();
        json.WriteString("IndexName", index.Name);
        WriteKeys(json, index.Keys);
        WriteProjection(json, index.Projection);

        if (index.IsGlobal)
        {
            json.WriteString("IndexStatus", status);
            WriteThroughput(json, index.Throughput);
        }

        json.WriteNumber("IndexSizeBytes", 0);
        json.WriteNumber("ItemCount", table.CountOf(index));
        json.WriteString("IndexArn", $"{ArnOf(table.Definition)}/index/{index.Name}");
        json.WriteEndObject();
    }

    private static void WriteProjection(Utf8JsonWriter json, IndexProjection projection)
    {
        json.WriteStartObject("Projection");
        json.WriteString("ProjectionType", projection.Kind switch
        {
            ProjectionKind.All => "ALL",
            ProjectionKind.KeysOnly => "KEYS_ONLY",
            _ => "INCLUDE",
        });

        if (projection.Included.Count > 0)
        {
            json.WriteStartArray("NonKeyAttributes");

            foreach (var name in projection.Included)
                json.WriteStringValue(name);

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
