using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using SensorApp.Mocks.Core.Tables.Durable;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.Core.Tables.Writes;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Core.Tables;

/// <summary>All tables. Writes go through the queue, one at a time; a task that completes means durable and visible. Thread-safe.</summary>
public sealed class TableStore
{
    private readonly ConcurrentDictionary<string, Table> _tables = new(StringComparer.Ordinal);
    private readonly Lock _readLock = new();
    private readonly IWriteQueue _queue;
    private readonly TableJournal _journal;
    private readonly TimeProvider _clock;
    private readonly IndexLag _lag;
    private readonly TransactionTokens _tokens;

    /// <summary>Reads what the journal holds.</summary>
    public TableStore(IWriteQueue queue, TableJournal journal, TimeProvider clock, IndexLag lag)
    {
        _queue = queue;
        _journal = journal;
        _clock = clock;
        _lag = lag;
        _tokens = new TransactionTokens(clock);

        foreach (var definition in journal.Definitions())
            journal.ReadItems(definition, Open(definition).Load);
    }

    public IReadOnlyList<Table> Tables => [.. _tables.Values.OrderBy(table => table.Definition.Name, StringComparer.Ordinal)];

    /// <exception cref="TableException">There is no such table.</exception>
    public Table Require(string name) => TryFind(name, out var table)
        ? table
        : throw new TableException(TableError.ResourceNotFound, "Requested resource not found");

    /// <summary>Like <see cref="Require"/>, with the message that operations on tables give.</summary>
    /// <exception cref="TableException">There is no such table.</exception>
    public Table RequireNamed(string name) => TryFind(name, out var table)
        ? table
        : throw new TableException(TableError.ResourceNotFound, $"Requested resource not found: Table: {name} not found");

    public bool TryFind(string name, [NotNullWhen(true)] out Table? table) => _tables.TryGetValue(name, out table);

    /// <exception cref="TableException">A table of that name exists.</exception>
    public Task<Table> CreateAsync(TableDefinition definition) => _queue.WriteAsync(scope =>
    {
        if (TryFind(definition.Name, out _))
            throw new TableException(TableError.ResourceInUse, $"Table already exists: {definition.Name}");

        _journal.Define(scope, definition);
        scope.OnRollback(() => _tables.TryRemove(definition.Name, out _));
        return Open(definition);
    });

    /// <exception cref="TableException">There is no such table.</exception>
    public Task<Table> DeleteAsync(string name) => _queue.WriteAsync(scope =>
    {
        var table = RequireNamed(name);

        if (table.Definition.DeletionProtection)
        {
            throw TableException.Validation(
                $"Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
        }

        Drop(scope, table);
        return table;
    });

    /// <summary>Changes what a table is.</summary>
    /// <param name="name">The table.</param>
    /// <param name="change">Makes the new definition from the present one, or throws.</param>
    /// <exception cref="TableException">There is no such table.</exception>
    public Task<Table> RedefineAsync(string name, Func<TableDefinition, TableDefinition> change) => _queue.WriteAsync(scope =>
    {
        var table = RequireNamed(name);
        var before = table.Definition;
        var after = change(before);
        _journal.Define(scope, after);
        table.Redefine(after);
        scope.OnRollback(() => table.Redefine(before));
        return table;
    });

    /// <exception cref="TableException">The condition does not hold, or the item does not allow the change.</exception>
    public Task<WriteResult> WriteAsync(ItemWrite write) => _queue.WriteAsync(scope =>
    {
        var before = BeforeOf(write);
        write.CheckCondition(before);
        var result = new WriteResult(before, write.Apply(before));
        Stage(scope, [write], [result]);
        return result;
    });

    /// <summary>Makes all the changes or none.</summary>
    /// <param name="writes">At most one for each item.</param>
    /// <param name="token">With a token, the same transaction sent again is not made again; null without.</param>
    /// <param name="fingerprint">Tells whether a transaction with a known token is the same.</param>
    /// <returns>The results; none when the token was known.</returns>
    /// <exception cref="TableException">Cancelled, with a reason for each change, or a token used for another transaction.</exception>
    public Task<IReadOnlyList<WriteResult>> TransactAsync(IReadOnlyList<ItemWrite> writes, string? token, UInt128 fingerprint) =>
        _queue.WriteAsync<IReadOnlyList<WriteResult>>(scope =>
        {
            if (token is not null && _tokens.IsRepeat(scope, token, fingerprint))
                return [];

            var results = Transaction.Evaluate(writes, BeforeOf);
            Stage(scope, writes, results);
            return results;
        });

    /// <summary>Reads several items as they are at one moment.</summary>
    public IReadOnlyList<Item?> ReadTogether(IEnumerable<(Table Table, ItemKey Key)> keys)
    {
        List<StoredItem?> found;

        lock (_readLock)
            found = [.. keys.Select(wanted => wanted.Table.FindStored(wanted.Key))];

        return [.. found.Select(item => item?.Read())];
    }

    /// <summary>Forgets all tables.</summary>
    public Task ClearAsync() => _queue.WriteAsync(scope =>
    {
        foreach (var table in Tables)
            Drop(scope, table);

        return true;
    });

    private static Item? BeforeOf(ItemWrite write) => write.Table.IsDeleted
        ? throw new TableException(TableError.ResourceNotFound, "Requested resource not found")
        : write.Table.FindStaged(write.Key);

    private void Drop(WriteScope scope, Table table)
    {
        _journal.Drop(scope, table.Definition);
        table.IsDeleted = true;
        _tables.TryRemove(table.Definition.Name, out _);
        scope.OnRollback(() =>
        {
            table.IsDeleted = false;
            _tables[table.Definition.Name] = table;
        });
    }

    private Table Open(TableDefinition definition) => _tables[definition.Name] = new Table(definition, _readLock, _clock, _lag);

    private void Stage(WriteScope scope, IReadOnlyList<ItemWrite> writes, IReadOnlyList<WriteResult> results)
    {
        var changes = writes.Zip(results, (write, result) => (write.Table, write.Key, result.Before, result.After))
            .Where(change => !ReferenceEquals(change.Before, change.After)).ToList();

        foreach (var (table, key, _, after) in changes)
        {
            _journal.Store(scope, table.Definition, key, after?.Stored);
            scope.OnRollback(table.Stage(key, after));
        }

        if (changes.Count > 0)
            scope.OnCommit(() => Publish(changes));
    }

    private void Publish(List<(Table Table, ItemKey Key, Item? Before, Item? After)> changes)
    {
        lock (_readLock)
            changes.ForEach(change => change.Table.Publish(change.Key, change.Before, change.After));
    }
}
