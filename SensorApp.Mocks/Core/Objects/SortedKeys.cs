namespace SensorApp.Mocks.Core.Objects;

/// <summary>
/// Values by key, in the order of the keys' UTF-8 bytes, which is the order S3 lists in. Kept in blocks of a few
/// hundred: finding and walking are as fast as in one array, and inserting moves a block, not the whole. Not thread-safe.
/// </summary>
public sealed class SortedKeys<T>
{
    private const int BlockSize = 512;

    private readonly List<List<KeyValuePair<string, T>>> _blocks = [];

    public int Count { get; private set; }

    public T? Find(string key)
    {
        var (block, index, found) = Locate(key);
        return found ? _blocks[block][index].Value : default;
    }

    public void Set(string key, T value)
    {
        var (block, index, found) = Locate(key);

        if (found)
        {
            _blocks[block][index] = new(key, value);
            return;
        }

        if (_blocks.Count == 0)
            _blocks.Add(new(BlockSize));

        _blocks[block].Insert(index, new(key, value));
        Count++;

        if (_blocks[block].Count > BlockSize)
            Split(block);
    }

    public void Remove(string key)
    {
        var (block, index, found) = Locate(key);

        if (!found)
            return;

        _blocks[block].RemoveAt(index);
        Count--;

        if (_blocks[block].Count == 0)
            _blocks.RemoveAt(block);
    }

    /// <summary>The values whose keys are not before <paramref name="start"/>, in order. The collection must not change meanwhile.</summary>
    public IEnumerable<KeyValuePair<string, T>> From(string start)
    {
        var (block, index, _) = Locate(start);

        for (; block < _blocks.Count; block++, index = 0)
        {
            for (; index < _blocks[block].Count; index++)
                yield return _blocks[block][index];
        }
    }

    /// <summary>Where a key is, or where it would have to be inserted.</summary>
    private (int Block, int Index, bool Found) Locate(string key)
    {
        int low = 0, high = _blocks.Count - 1;

        while (low < high)
        {
            var middle = (low + high) / 2;

            if (KeyOrder.Compare(_blocks[middle][^1].Key, key) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        if (_blocks.Count == 0)
            return (0, 0, false);

        var block = _blocks[low];
        int from = 0, to = block.Count;

        while (from < to)
        {
            var middle = (from + to) / 2;
            var order = KeyOrder.Compare(block[middle].Key, key);

            if (order == 0)
                return (low, middle, true);

            if (order < 0)
                from = middle + 1;
            else
                to = middle;
        }

        return (low, from, false);
    }

    private void Split(int block)
    {
        var half = BlockSize / 2;
        var upper = new List<KeyValuePair<string, T>>(BlockSize);
        upper.AddRange(_blocks[block][half..]);
        _blocks[block].RemoveRange(half, _blocks[block].Count - half);
        _blocks.Insert(block + 1, upper);
    }
}
