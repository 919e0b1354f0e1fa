using SensorApp.Mocks.Core.Tables.Entries;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables;

/// <summary>The items of a table in another order; only those that have the index's keys. Not thread-safe.</summary>
public sealed class SecondaryIndex(TableDefinition table, IndexDefinition definition)
{
    private readonly SortedEntries _entries = new();
    private readonly Queue<PendingChange> _trailing = [];

    public IndexDefinition Definition => definition;

    /// <summary>The attributes that the index holds; null for all.</summary>
    public IReadOnlySet<string>? Held { get; } = table.HeldBy(definition);

    /// <summary>The entries as they are to be seen at a time.</summary>
    public SortedEntries EntriesAt(DateTimeOffset now)
    {
        while (_trailing.TryPeek(out var change) && change.Due <= now)
            Apply(_trailing.Dequeue());

        return _entries;
    }

    /// <summary>Follows a write to the table, now or when the lag is over.</summary>
    public void Follow(ItemKey owner, Item? before, Item? after, DateTimeOffset now, TimeSpan lag)
    {
        var change = new PendingChange(now + lag, KeyOf(before) is { } old ? new EntryPlace(old, owner) : null, EntryFor(owner, after));

        // Writes must reach the index in their order, so a shorter lag than before does not overtake.
        if (definition.IsGlobal && (lag > TimeSpan.Zero || _trailing.Count > 0))
            _trailing.Enqueue(change);
        else
            Apply(change);
    }

    /// <summary>Whether a write changes the index, and so costs write units there.</summary>
    public int WritesFor(Item? before, Item? after)
    {
        var (old, next) = (KeyOf(before), KeyOf(after));

        if (old is null && next is null)
            return 0;

        if (old is null || next is null)
            return 1;

        return old != next ? 2 : Part(before!).Attributes.Equals(Part(after!).Attributes) ? 0 : 1; // both keys were found, so both items are there
    }

    /// <summary>The part of an item that the index holds.</summary>
    public Item Part(Item item) => Held is null ? item : item.Only(Held);

    private void Apply(PendingChange change)
    {
        if (change.From is { } place)
            _entries.Remove(place);

        if (change.To is { } entry)
            _entries.Set(entry);
    }

    // Writes to an index's keys are checked, but an index made later meets items from before it.
    private ItemKey? KeyOf(Item? item) =>
        item is not null && definition.Keys.FindIn(item) is { } key && definition.Keys.Attributes.All(part => definition.Keys.Admits(part, item[part.Name]!)) // FindIn has found them all
            ? key
            : null;

    private Entry? EntryFor(ItemKey owner, Item? item) => KeyOf(item) is { } position ? new Entry(position, owner, Part(item!).Stored) : null; // a key was found in it

    private readonly record struct PendingChange(DateTimeOffset Due, EntryPlace? From, Entry? To);
}
