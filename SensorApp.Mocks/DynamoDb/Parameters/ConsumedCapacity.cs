using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.Core.Tables.Writes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>
/// Sums up the capacity units that a request uses, and writes them if it asked for them.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
/// </summary>
/// <param name="fields">The request, which may ask for <c>TOTAL</c> or <c>INDEXES</c>.</param>
/// <param name="transactional">Transactions cost double, and tell reads from writes.</param>
internal sealed class ConsumedCapacity(JsonFields fields, bool transactional = false)
{
    private const double ReadUnitBytes = 4096;
    private const double WriteUnitBytes = 1024;

    private readonly string _asked = fields.Text("ReturnConsumedCapacity") ?? "NONE";
    private readonly SortedDictionary<string, Usage> _tables = new(StringComparer.Ordinal);

    public void AddRead(Table table, SecondaryIndex? index, long bytes, bool consistent)
    {
        if (_asked == "NONE")
            return;

        var units = Math.Max(1, Math.Ceiling(bytes / ReadUnitBytes));
        Add(table, index, transactional ? units * 2 : consistent ? units : units / 2, isRead: true);
    }

    public void AddWrite(Table table, WriteResult result)
    {
        if (_asked == "NONE")
            return;

        var bytes = Math.Max(result.Before?.Size ?? 0, result.After?.Size ?? 0);
        Add(table, null, UnitsToWrite(bytes), isRead: false);

        foreach (var index in table.Indexes)
            AddIndexWrite(table, index, result.Before, result.After);
    }

    /// <summary>Writes the member of an operation on one table.</summary>
    public void WriteOne(Utf8JsonWriter json)
    {
        if (_asked == "NONE" || _tables.Count == 0)
            return;

        json.WritePropertyName("ConsumedCapacity");
        Write(json, _tables.First().Key, _tables.First().Value);
    }

    /// <summary>Writes the member of an operation on several tables.</summary>
    public void WriteAll(Utf8JsonWriter json)
    {
        if (_asked == "NONE")
            return;

        json.WriteStartArray("ConsumedCapacity");

        foreach (var (table, usage) in _tables)
            Write(json, table, usage);

        json.WriteEndArray();
    }

    private void AddIndexWrite(Table table, SecondaryIndex index, Item? before, Item? after)
    {
        var writes = index.WritesFor(before, after);
        var bytes = Math.Max(SizeIn(index, before), SizeIn(index, after));

        if (writes > 0)
            Add(table, index, writes * UnitsToWrite(bytes), isRead: false);
    }

    private static int SizeIn(SecondaryIndex index, Item? item) => item is null ? 0 : index.Part(item).Size;

    private double UnitsToWrite(long bytes) => Math.Max(1, Math.Ceiling(bytes / WriteUnitBytes)) * (transactional ? 2 : 1);

    private void Add(Table table, SecondaryIndex? index, double units, bool isRead)
    {
        if (!_tables.TryGetValue(table.Definition.Name, out var usage))
            _tables.Add(table.Definition.Name, usage = new Usage());

        usage.Total += units;
        usage.Reads += isRead ? units : 0;

        if (index is null)
            usage.Table += units;
        else
            usage.Of(index.Definition.IsGlobal)[index.Definition.Name] = usage.Of(index.Definition.IsGlobal).GetValueOrDefault(index.Definition.Name) + units;
    }

    private void Write(Utf8JsonWriter json, string table, Usage usage)
    {
        json.WriteStartObject();
        json.WriteString("TableName", table);
        json.WriteNumber("CapacityUnits", usage.Total);

        if (transactional)
        {
            json.WriteNumber("ReadCapacityUnits", usage.Reads);
            json.WriteNumber("WriteCapacityUnits", usage.Total - usage.Reads);
        }

        if (_asked == "INDEXES")
        {
            json.WriteStartObject("Table");
            json.WriteNumber("CapacityUnits", usage.Table);
            json.WriteEndObject();
            WriteIndexes(json, "LocalSecondaryIndexes", usage.Of(global: false));
            WriteIndexes(json, "GlobalSecondaryIndexes", usage.Of(global: true));
        }

        json.WriteEndObject();
    }

    private static void WriteIndexes(Utf8JsonWriter json, string name, SortedDictionary<string, double> indexes)
    {
        if (indexes.Count == 0)
            return;

        json.WriteStartObject(name);

        foreach (var (index, units) in indexes)
        {
            json.WriteStartObject(index);
            json.WriteNumber("CapacityUnits", units);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private sealed class Usage
    {
        private readonly SortedDictionary<string, double> _local = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, double> _global = new(StringComparer.Ordinal);

        public double Total { get; set; }

        public double Table { get; set; }

        public double Reads { get; set; }

        public SortedDictionary<string, double> Of(bool global) => global ? _global : _local;
    }
}
