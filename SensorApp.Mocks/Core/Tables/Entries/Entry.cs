using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Entries;

/// <summary>An item at its place.</summary>
public sealed class Entry(ItemKey position, ItemKey owner, StoredItem item) : EntryPlace(position, owner)
{
    public StoredItem Item { get; } = item;
}
