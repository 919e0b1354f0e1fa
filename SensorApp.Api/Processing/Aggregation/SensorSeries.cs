using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The occupied time buckets of one sensor in a block of a table's pages, sorted by start. Readings mostly come in order, so the bucket last used is tried first.</summary>
internal struct SensorSeries
{
    private const int SlotsPerBucket = 5;

    private uint _block;
    private byte _sizeBits;
    private int _current;

    public int Count { get; private set; }

    private readonly int Capacity => _sizeBits == 0 ? 0 : (1 << _sizeBits) / SlotsPerBucket;

    /// <summary>The buckets, valid until the pages are cleared or the series grows.</summary>
    public readonly ReadOnlySpan<SeriesAccumulator> Buckets(SlotPages pages) => Count == 0 ? [] : Block(pages)[..Count];

    /// <summary>The same, and as long, to be cast to buckets when they are asked for.</summary>
    public readonly ReadOnlyMemory<ulong> Slots(SlotPages pages) => Count == 0 ? default : pages.Slots(_block, _sizeBits)[..(Count * SlotsPerBucket)];

    /// <summary>Makes room for so many buckets in all.</summary>
    public void Reserve(int count, SlotPages pages)
    {
        if (count <= Capacity)
            return;
        var sizeBits = (byte)(BitOperations.Log2((uint)(count * SlotsPerBucket)) + 1);
        var block = pages.Allocate(sizeBits);
        if (_sizeBits > 0)
        {
            pages.Block(_block, _sizeBits).CopyTo(pages.Block(block, sizeBits));
            pages.Free(_block, _sizeBits);
        }

        (_block, _sizeBits) = (block, sizeBits);
    }

    /// <summary>Reads from the last bucket; what, does not matter.</summary>
    public readonly long Touch(SlotPages pages) => Count == 0 ? 0 : At(Count - 1, pages).Start;

    /// <summary>Adds readings in any order; returns how many buckets they opened.</summary>
    public int Add(in ReadingRun run, RunTimes times, in RunSums sums, long width, SlotPages pages)
    {
        var before = Count;
        if (times.Last - times.First >= width || sums.HasExtremes || !TryAddWhole(run.Count, times, sums, width, pages))
            AddByBucket(run, width, pages);
        return Count - before;
    }

    /// <summary>Adds readings bucket by bucket; returns how many buckets there are.</summary>
    public int AddByBucket(in ReadingRun run, long width, SlotPages pages)
    {
        for (var at = Append(run, 0, width, pages); at < run.Count; at = Append(run, at, width, pages))
        {
            var start = StartOf(run.Ticks[at], width, pages);
            Add(Take(run, ref at, start, width), pages);
        }

        return Count;
    }

    /// <summary>Merges the buckets of the same sensor from another table of the same width, from the last to the first and in place; returns how many are new.</summary>
    public int Merge(ReadOnlySpan<SeriesAccumulator> others, SlotPages pages)
    {
        var opened = others.Length - CountShared(others, pages);
        Reserve(Count + opened, pages);
        var buckets = Count + opened == 0 ? [] : Block(pages);
        var (ours, theirs) = (Count - 1, others.Length - 1);
        for (var to = Count + opened - 1; theirs >= 0; to--)
        {
            if (ours < 0 || buckets[ours].Start < others[theirs].Start)
            {
                buckets[to] = others[theirs--];
                continue;
            }

            var isShared = buckets[ours].Start == others[theirs].Start;
            buckets[to] = buckets[ours--];
            if (isShared)
                buckets[to].Merge(others[theirs--]);
        }

        Count += opened;
        _current = Math.Max(0, Count - 1);
        return opened;
    }

    /// <summary>Unites neighbours that fall into the same bucket of the new width; returns how many are gone.</summary>
    public int Coarsen(long width, SlotPages pages)
    {
        if (Count == 0)
            return 0;
        var buckets = Block(pages);
        var last = 0;
        buckets[0].Align(width);
        for (var i = 1; i < Count; i++)
        {
            ref var bucket = ref buckets[i];
            if (bucket.Start - buckets[last].Start < width)
            {
                buckets[last].Merge(bucket);
                continue;
            }

            bucket.Align(width);
            if (++last != i)
                buckets[last] = bucket;
        }

        var gone = Count - last - 1;
        Count = last + 1;
        _current = last;
        return gone;
    }

    /// <summary>Adds readings from one on as long as each lies behind all buckets, and there is room: most do. Returns the first that was not added.</summary>
    private int Append(in ReadingRun run, int at, long width, SlotPages pages)
    {
        if (Count == Capacity)
            return at;
        var room = Block(pages)[Count..];
        var end = Count == 0 ? long.MinValue : At(Count - 1, pages).Start + width;
        var opened = 0;
        while (at < run.Count && run.Ticks[at] >= end && opened < room.Length)
        {
            var start = (ulong)(run.Ticks[at] - end) < (ulong)width ? end : SeriesLadder.Start(run.Ticks[at], width);
            room[opened++] = Take(run, ref at, start, width);
            end = start + width;
        }

        Count += opened;
        if (opened > 0)
            _current = Count - 1;
        return at;
    }

    /// <summary>The bucket of a reading, with those that follow it in the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SeriesAccumulator Take(in ReadingRun run, ref int at, long start, long width)
    {
        var bucket = new SeriesAccumulator(start, run.Values[at]);
        for (at++; at < run.Count && (ulong)(run.Ticks[at] - start) < (ulong)width; at++)
            bucket.Add(run.Values[at]);
        return bucket;
    }

    private readonly int CountShared(ReadOnlySpan<SeriesAccumulator> others, SlotPages pages)
    {
        var buckets = Buckets(pages);
        var (shared, ours) = (0, 0);
        foreach (ref readonly var other in others)
        {
            while (ours < buckets.Length && buckets[ours].Start < other.Start)
                ours++;
            if (ours < buckets.Length && buckets[ours].Start == other.Start)
                shared++;
        }

        return shared;
    }

    /// <summary>Adds a run that may lie in one bucket, as most do once buckets are wider than runs are long.</summary>
    private bool TryAddWhole(int count, RunTimes times, in RunSums sums, long width, SlotPages pages)
    {
        var start = StartOf(times.First, width, pages);
        if (times.Last - start >= width)
            return false;
        Add(SeriesAccumulator.Of(start, sums, count), pages);
        return true;
    }

    // The bucket last used and the one behind it need no division.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly long StartOf(long ticks, long width, SlotPages pages)
    {
        if (_current < Count)
        {
            var start = At(_current, pages).Start;
            var distance = (ulong)(ticks - start);
            if (distance < (ulong)width)
                return start;
            if (distance < 2 * (ulong)width)
                return start + width;
        }

        return SeriesLadder.Start(ticks, width);
    }

    private void Add(in SeriesAccumulator addition, SlotPages pages)
    {
        var at = PlaceOf(addition.Start, pages);
        if (at >= 0)
            At(at, pages).Merge(addition);
        else
            Insert(at = ~at, addition, pages);
        _current = at;
    }

    /// <summary>The bucket's place, or the complement of where it belongs.</summary>
    private readonly int PlaceOf(long start, SlotPages pages)
    {
        if (Count == 0 || start > At(Count - 1, pages).Start)
            return ~Count;
        if (At(_current, pages).Start == start)
            return _current;
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = At(middle, pages).Start;
            if (found == start)
                return middle;
            if (found < start)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    private void Insert(int at, in SeriesAccumulator bucket, SlotPages pages)
    {
        Reserve(Count + 1, pages);
        if (at < Count)
            Block(pages)[at..Count].CopyTo(Block(pages)[(at + 1)..]);
        At(at, pages) = bucket;
        Count++;
    }

    // Within the block by its callers' checks; a span of it costs more than what is done with the bucket.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref SeriesAccumulator At(int bucket, SlotPages pages) =>
        ref Unsafe.Add(ref Unsafe.As<ulong, SeriesAccumulator>(ref pages.First(_block)), bucket);

    private readonly Span<SeriesAccumulator> Block(SlotPages pages) =>
        MemoryMarshal.Cast<ulong, SeriesAccumulator>(pages.Block(_block, _sizeBits)[..(Capacity * SlotsPerBucket)]);
}
