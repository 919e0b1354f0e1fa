using SensorApp.Mocks.Core.Tables.Entries;

namespace SensorApp.Mocks.Core.Tables.Reads;

/// <param name="Table">The table.</param>
/// <param name="Index">The index to read; null for the table itself.</param>
/// <param name="Range">Where to read.</param>
/// <param name="Backward">From the end to the beginning.</param>
/// <param name="Limit">The most entries to read, matching a filter or not; null for as many as fit a page.</param>
public sealed record PageRequest(Table Table, SecondaryIndex? Index, EntryRange Range, bool Backward, int? Limit)
{
    /// <summary>Reads until it has 1 MB of items, with the item that made it so many, or <see cref="Limit"/> of them.</summary>
    public Page Read()
    {
        var entries = new List<Entry>();
        var bytes = 0L;
        var isFull = false;

        Table.Read(Index, Range, Backward, entry =>
        {
            entries.Add(entry);
            bytes += entry.Item.Size;
            isFull = entries.Count == Limit || bytes >= TableLimits.PageBytes;
            return !isFull;
        });

        // The service does not look beyond a full page, so it says that there may be more even when there is not.
        return new Page(entries, bytes, isFull ? entries[^1] : null);
    }
}

/// <param name="Entries">What was read, in order.</param>
/// <param name="Bytes">Their sizes summed up.</param>
/// <param name="Last">Where the next page continues; null at the end.</param>
public sealed record Page(IReadOnlyList<Entry> Entries, long Bytes, Entry? Last);
