namespace SensorApp.Mocks.Core.Tables.Entries;

/// <summary>
/// Entries in order, in chunks of bounded length: finding is two binary searches, changing moves one chunk.
/// Not thread-safe.
/// </summary>
public sealed class SortedEntries
{
    private const int ChunkLength = 256;

    private readonly List<List<Entry>> _chunks = [];

    public int Count { get; private set; }

    public Entry? Find(EntryBound exact)
    {
        var place = FirstAfter(exact);
        return place.Chunk < _chunks.Count && _chunks[place.Chunk][place.Index] is var entry && exact.CompareTo(entry) == 0 ? entry : null;
    }

    /// <summary>Puts an entry at its place, instead of the one that may be there.</summary>
    public void Set(Entry entry)
    {
        var exact = EntryBound.At(entry, after: false);
        var (chunk, index) = FirstAfter(exact);

        if (chunk < _chunks.Count && exact.CompareTo(_chunks[chunk][index]) == 0)
            _chunks[chunk][index] = entry;
        else
            Insert(chunk, index, entry);
    }

    /// <summary>Takes out the entry at a place, if there is any.</summary>
    public void Remove(EntryPlace place)
    {
        var exact = EntryBound.At(place, after: false);
        var (chunk, index) = FirstAfter(exact);

        if (chunk == _chunks.Count || exact.CompareTo(_chunks[chunk][index]) != 0)
            return;

        _chunks[chunk].RemoveAt(index);
        Count--;

        if (_chunks[chunk].Count == 0)
            _chunks.RemoveAt(chunk);
    }

    /// <summary>The entries of a range, one way or the other. The entries must not change while they are walked.</summary>
    public IEnumerable<Entry> Walk(EntryRange range, bool backward) => backward ? WalkBackward(range) : WalkForward(range);

    private IEnumerable<Entry> WalkForward(EntryRange range)
    {
        var (chunk, index) = range.Lower is { } lower ? FirstAfter(lower) : (0, 0);

        for (; chunk < _chunks.Count; chunk++, index = 0)
        {
            for (; index < _chunks[chunk].Count; index++)
            {
                var entry = _chunks[chunk][index];

                if (range.Upper?.Precedes(entry) == true)
                    yield break;

                yield return entry;
            }
        }
    }

    private IEnumerable<Entry> WalkBackward(EntryRange range)
    {
        var (chunk, index) = range.Upper is { } upper ? FirstAfter(upper) : (_chunks.Count, 0);

        while (chunk > 0 || index > 0)
        {
            if (index == 0)
                index = _chunks[--chunk].Count;

            var entry = _chunks[chunk][--index];

            if (range.Lower?.Precedes(entry) == false)
                yield break;

            yield return entry;
        }
    }

    private void Insert(int chunk, int index, Entry entry)
    {
        if (chunk == _chunks.Count)
        {
            if (chunk == 0)
                _chunks.Add([]);
            else
                chunk--;

            index = _chunks[chunk].Count;
        }

        _chunks[chunk].Insert(index, entry);
        Count++;

        if (_chunks[chunk].Count > ChunkLength)
            Split(chunk);
    }

    private void Split(int chunk)
    {
        var full = _chunks[chunk];
        var half = full.Count / 2;
        _chunks.Insert(chunk + 1, full.GetRange(half, full.Count - half));
        full.RemoveRange(half, full.Count - half);
    }

    /// <summary>The place of the first entry that the bound precedes; past the last chunk when there is none.</summary>
    private (int Chunk, int Index) FirstAfter(EntryBound bound)
    {
        var (low, high) = (0, _chunks.Count);

        while (low < high)
        {
            var middle = (low + high) >>> 1;

            if (bound.Precedes(_chunks[middle][^1]))
                high = middle;
            else
                low = middle + 1;
        }

        return low == _chunks.Count ? (low, 0) : (low, FirstAfter(bound, _chunks[low]));
    }

    private static int FirstAfter(EntryBound bound, List<Entry> chunk)
    {
        var (low, high) = (0, chunk.Count);

        while (low < high)
        {
            var middle = (low + high) >>> 1;

            if (bound.Precedes(chunk[middle]))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
