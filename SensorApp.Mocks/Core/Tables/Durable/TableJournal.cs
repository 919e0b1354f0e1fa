using System.Text.Json;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Core.Tables.Durable;

/// <summary>Tables and items in the database; does nothing where there is none.</summary>
public sealed class TableJournal
{
    // What a definition computes from itself need not be stored.
    private static readonly JsonSerializerOptions Stored = new() { IgnoreReadOnlyProperties = true };

    private readonly SqliteDatabase? _database;

    /// <param name="database">Null when data are kept in memory only.</param>
    public TableJournal(SqliteDatabase? database)
    {
        _database = database;

        if (database is null)
            return;

        using var session = database.OpenWriter();
        session.Execute("CREATE TABLE IF NOT EXISTS tables (id TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID");
        session.Execute("CREATE TABLE IF NOT EXISTS items (table_id TEXT NOT NULL, key BLOB NOT NULL, item BLOB NOT NULL, PRIMARY KEY (table_id, key)) WITHOUT ROWID");
    }

    public IReadOnlyList<TableDefinition> Definitions() => _database?.Read(session => session.Query(
        "SELECT definition FROM tables",
        // Only Define writes here, and it never writes null.
        row => JsonSerializer.Deserialize<TableDefinition>(row.GetString(0), Stored)!)) ?? [];

    /// <summary>Hands over each item of a table, one at a time.</summary>
    public void ReadItems(TableDefinition table, Action<Item> read) => _database?.Read(session => session.Query(
        "SELECT item FROM items WHERE table_id = $1",
        row =>
        {
            read(StoredItem.Load(row.GetFieldValue<byte[]>(0)));
            return true;
        },
        table.Id));

    public void Define(WriteScope scope, TableDefinition table) => scope.Session?.Execute(
        "INSERT INTO tables (id, definition) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET definition = excluded.definition",
        table.Id, JsonSerializer.Serialize(table, Stored));

    public void Drop(WriteScope scope, TableDefinition table)
    {
        scope.Session?.Execute("DELETE FROM items WHERE table_id = $1", table.Id);
        scope.Session?.Execute("DELETE FROM tables WHERE id = $1", table.Id);
    }

    /// <summary>Stores an item, or with null takes it away.</summary>
    public void Store(WriteScope scope, TableDefinition table, ItemKey key, StoredItem? item)
    {
        if (scope.Session is not { } session)
            return;

        var encodedKey = ItemCodec.EncodeKey(key);

        if (item is null)
        {
            session.Execute("DELETE FROM items WHERE table_id = $1 AND key = $2", table.Id, encodedKey);
            return;
        }

        session.Execute(
            "INSERT INTO items (table_id, key, item) VALUES ($1, $2, $3) ON CONFLICT (table_id, key) DO UPDATE SET item = excluded.item",
            table.Id, encodedKey, item.Bytes);
    }
}
