using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Entries;

/// <summary>
/// A place between entries: before or after all those that agree with it in the parts that it names. Parts are named from
/// the left: token, hash key, range key, owner.
/// </summary>
public sealed record EntryBound(ulong Token, bool After, AttributeValue? Hash = null, AttributeValue? Range = null, ItemKey? Owner = null)
{
    /// <summary>Whether the range key is only the beginning of those meant.</summary>
    public bool RangeIsPrefix { get; init; }

    /// <summary>The place just before or after one entry.</summary>
    public static EntryBound At(EntryPlace entry, bool after) =>
        new(entry.Token, after, entry.Position.Hash, entry.Position.Range, entry.Owner);

    public static EntryBound AtPartition(AttributeValue hash, bool after) => new(EntryPlace.TokenOf(hash), after, hash);

    public bool Precedes(EntryPlace entry)
    {
        var order = CompareTo(entry);
        return order < 0 || (order == 0 && !After);
    }

    /// <summary>Compares the named parts; zero when all of them agree.</summary>
    public int CompareTo(EntryPlace entry)
    {
        var order = Token.CompareTo(entry.Token);

        if (order != 0 || Hash is null)
            return order;

        order = ValueOrder.Compare(Hash, entry.Position.Hash);

        if (order != 0 || Range is null || entry.Position.Range is null)
            return order != 0 ? order : CompareOwner(entry);

        if (RangeIsPrefix && ValueOrder.BeginsWith(entry.Position.Range, Range))
            return 0;

        order = ValueOrder.Compare(Range, entry.Position.Range);
        return order != 0 ? order : CompareOwner(entry);
    }

    private int CompareOwner(EntryPlace entry)
    {
        if (Owner is not { } owner)
            return 0;

        var order = ValueOrder.Compare(owner.Hash, entry.Owner.Hash);
        return order != 0 || owner.Range is null || entry.Owner.Range is null ? order : ValueOrder.Compare(owner.Range, entry.Owner.Range);
    }
}

/// <summary>A stretch of entries; an open end is null.</summary>
public readonly record struct EntryRange(EntryBound? Lower, EntryBound? Upper)
{
    /// <summary>The part of a whole table that one of several parallel scans reads.</summary>
    public static EntryRange Segment(int segment, int total) => new(
        segment == 0 ? null : new EntryBound(StartOf(segment, total), After: false),
        segment == total - 1 ? null : new EntryBound(StartOf(segment + 1, total), After: false));

    public bool Contains(EntryPlace entry) => (Lower?.Precedes(entry) ?? true) && !(Upper?.Precedes(entry) ?? false);

    private static ulong StartOf(int segment, int total) => (ulong)(((UInt128)ulong.MaxValue + 1) * (uint)segment / (uint)total);
}
