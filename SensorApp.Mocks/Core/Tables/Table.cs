using SensorApp.Mocks.Core.Tables.Entries;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables;

/// <summary>
/// The items of one table and their indexes. Readers see what is committed, at any time and from any thread; the write queue,
/// which runs one change at a time, also sees the changes that are about to be committed.
/// </summary>
public sealed class Table
{
    private readonly SortedEntries _entries = new();
    private readonly Dictionary<ItemKey, Item?> _staged = [];
    private readonly Lock _lock;
    private readonly TimeProvider _clock;
    private readonly IndexLag _lag;
    private List<SecondaryIndex> _indexes;
    private long _bytes;

    /// <param name="definition">What it is called and how its items are found.</param>
    /// <param name="readLock">Shared by all tables of a store, so that a transaction becomes visible at once.</param>
    /// <param name="clock">Tells when trailing indexes have caught up.</param>
    /// <param name="lag">How far they trail.</param>
    public Table(TableDefinition definition, Lock readLock, TimeProvider clock, IndexLag lag)
    {
        Definition = definition;
        _lock = readLock;
        _clock = clock;
        _lag = lag;
        _indexes = [.. definition.Indexes.Select(index => new SecondaryIndex(definition, index))];
    }

    public TableDefinition Definition { get; private set; }

    /// <summary>Set once the table is deleted: requests that found it before that must not write to it.</summary>
    public bool IsDeleted { get; set; }

    public (long Items, long Bytes) Measure()
    {
        lock (_lock)
            return (_entries.Count, _bytes);
    }

    public int CountOf(IndexDefinition index)
    {
        lock (_lock)
            return FindIndex(index.Name)?.EntriesAt(_clock.GetUtcNow()).Count ?? 0;
    }

    public SecondaryIndex? FindIndex(string name) => _indexes.Find(index => index.Definition.Name == name);

    public IReadOnlyList<SecondaryIndex> Indexes => _indexes;

    public Item? Find(ItemKey key) => FindStored(key)?.Read();

    public StoredItem? FindStored(ItemKey key)
    {
        lock (_lock)
            return _entries.Find(new EntryBound(EntryPlace.TokenOf(key.Hash), After: false, key.Hash, key.Range))?.Item;
    }

    /// <summary>Reads entries in order until something says stop.</summary>
    /// <param name="index">The index to read, or null for the table itself.</param>
    /// <param name="range">Where to read.</param>
    /// <param name="backward">From the end to the beginning.</param>
    /// <param name="read">Gets each entry; returns false to stop.</param>
    public void Read(SecondaryIndex? index, EntryRange range, bool backward, Func<Entry, bool> read)
    {
        lock (_lock)
        {
            var entries = index is null ? _entries : index.EntriesAt(_clock.GetUtcNow());

            foreach (var entry in entries.Walk(range, backward))
            {
                if (!read(entry))
                    return;
            }
        }
    }

    /// <summary>The item as the next change must see it. Only for the write queue.</summary>
    internal Item? FindStaged(ItemKey key) => _staged.TryGetValue(key, out var staged) ? staged : Find(key);

    /// <summary>Keeps a change aside until its commit. Only for the write queue.</summary>
    /// <returns>What undoes it.</returns>
    internal Action Stage(ItemKey key, Item? item)
    {
        var was = _staged.TryGetValue(key, out var before);
        _staged[key] = item;

        return () =>
        {
            if (was)
                _staged[key] = before;
            else
                _staged.Remove(key);
        };
    }

    /// <summary>Makes a staged change visible. The caller holds the read lock.</summary>
    /// <param name="key">The key of the item.</param>
    /// <param name="before">The item as the change found it: changes are published in the order in which they were staged.</param>
    /// <param name="item">The item as it is now; null when there is none.</param>
    internal void Publish(ItemKey key, Item? before, Item? item)
    {
        if (_staged.TryGetValue(key, out var staged) && ReferenceEquals(staged, item))
            _staged.Remove(key);

        Replace(key, before, item, _lag.Delay);
    }

    /// <summary>Puts an item in place that was read from disk.</summary>
    internal void Load(Item item)
    {
        lock (_lock)
            Replace(Definition.Keys.RequireIn(item), before: null, item, TimeSpan.Zero);
    }

    /// <summary>Changes the definition; new indexes are filled from the items there are.</summary>
    internal void Redefine(TableDefinition definition)
    {
        lock (_lock)
        {
            Definition = definition;
            _indexes = [.. definition.Indexes.Select(index => FindIndex(index.Name) ?? Filled(new SecondaryIndex(definition, index)))];
        }
    }

    private SecondaryIndex Filled(SecondaryIndex index)
    {
        foreach (var entry in _entries.Walk(default, backward: false))
            index.Follow(entry.Owner, before: null, entry.Item.Read(), _clock.GetUtcNow(), TimeSpan.Zero);

        return index;
    }

    private void Replace(ItemKey key, Item? before, Item? item, TimeSpan lag)
    {
        var now = _clock.GetUtcNow();

        if (item is not null)
            _entries.Set(new Entry(key, key, item.Stored));
        else
            _entries.Remove(new EntryPlace(key, key));

        _bytes += (item?.Size ?? 0) - (before?.Size ?? 0);
        _indexes.ForEach(index => index.Follow(key, before, item, now, lag));
    }
}
