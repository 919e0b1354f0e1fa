using System.Buffers;
using System.Runtime.InteropServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The first readings of a table as they are: run after run in pages, those of one sensor chained.</summary>
/// <remarks>
/// A block is a slot that says how many readings it has and where the sensor's next block is, then their times, then their values.
/// Adding writes straight on, wherever the sensor's other readings lie, and no room is kept for readings that may come.
/// Not thread-safe. Pages are rented, like those of <see cref="SlotPages"/>.
/// </remarks>
internal sealed class CollectedReadings
{
    private const int PageBits = 16;
    private const int PageSlots = 1 << PageBits;
    private const int CountBits = 32;
    private const int SlotsPerReading = 2;

    private readonly List<ulong[]> _pages = [];
    private readonly PagedList<Chain> _chains = new();
    private long[] _ticks = [];
    private double[] _values = [];
    private int _next = PageSlots;

    /// <summary>Sensors, with readings or without.</summary>
    public int Sensors => _chains.Count;

    /// <summary>Readings of all sensors.</summary>
    public int Count { get; private set; }

    /// <summary>Memory taken, used or not.</summary>
    public long Bytes => _chains.Bytes + ((long)_pages.Count * PageSlots * sizeof(ulong)) + ((long)_ticks.Length * SlotsPerReading * sizeof(ulong));

    /// <summary>Makes room for the next sensor.</summary>
    public void Append() => _chains.Append() = Chain.Empty;

    public int CountOf(int sensor) => _chains[sensor].Count;

    public void Add(int sensor, in ReadingRun run)
    {
        for (var added = 0; added < run.Count;)
        {
            if (PageSlots - _next < 1 + SlotsPerReading)
                AddPage();
            var count = Math.Min(run.Count - added, (PageSlots - _next - 1) / SlotsPerReading);
            var block = AddBlock(ref _chains[sensor], count);
            run.Ticks.Slice(added, count).CopyTo(block.Ticks);
            run.Values.Slice(added, count).CopyTo(block.Values);
            added += count;
        }

        if (run.Count > 0)
            _chains[sensor].Follow(run.Ticks);
    }

    /// <summary>All readings of a sensor, in the order of time once sorted, without their sequences; valid until the next call of any method.</summary>
    public ReadingRun Run(int sensor)
    {
        ref readonly var chain = ref _chains[sensor];
        if (chain.Count == 0)
            return default;
        var first = BlockAt(chain.First);
        if (first.Ticks.Length == chain.Count)
            return new ReadingRun(first.Ticks, first.Values, places: default);

        var all = Gather(chain);
        return new ReadingRun(all.Ticks, all.Values, places: default);
    }

    /// <summary>Puts the readings of each sensor in the order of time, in which they mostly are.</summary>
    public void Sort()
    {
        for (var sensor = 0; sensor < Sensors; sensor++)
        {
            if (_chains[sensor].ShortestStep < 0)
                Sort(ref _chains[sensor]);
        }
    }

    /// <summary>How many buckets of a width a sensor can need at most, once sorted.</summary>
    public int MostBuckets(int sensor, long width)
    {
        ref readonly var chain = ref _chains[sensor];
        return chain.Count < 2 ? chain.Count : (int)Math.Min(chain.Count, ((chain.LastTicks - chain.FirstTicks) / width) + 2);
    }

    /// <summary>How many buckets of a width a sensor needs, once sorted.</summary>
    public int CountBuckets(int sensor, long width)
    {
        ref readonly var chain = ref _chains[sensor];
        if (chain.ShortestStep >= width)
            return chain.Count;

        // Whether a reading opens a bucket cannot be foreseen, so the processor must not have to.
        var (count, current) = (0, long.MinValue);
        foreach (var block in BlocksOf(chain))
        {
            foreach (var ticks in block.Ticks)
            {
                var start = SeriesLadder.Start(ticks, width);
                count += start == current ? 0 : 1;
                current = start;
            }
        }

        return count;
    }

    /// <summary>Forgets all readings and gives the pages back.</summary>
    public void Clear()
    {
        foreach (var page in _pages)
            ArrayPool<ulong>.Shared.Return(page);
        _pages.Clear();
        _chains.Clear();
        (Count, _next) = (0, PageSlots);
    }

    private void AddPage()
    {
        _pages.Add(ArrayPool<ulong>.Shared.Rent(PageSlots));
        _next = 0;
    }

    private Block AddBlock(ref Chain chain, int count)
    {
        var handle = ((uint)(_pages.Count - 1) << PageBits) + (uint)_next;
        _pages[^1][_next] = (ulong)count << CountBits;
        _next += 1 + (SlotsPerReading * count);
        if (chain.Count == 0)
            chain.First = handle;
        else
            Head(chain.Last) |= handle;
        chain.Last = handle;
        chain.Count += count;
        Count += count;
        return BlockAt(handle);
    }

    private ref ulong Head(uint handle) => ref _pages[(int)(handle >> PageBits)][handle & (PageSlots - 1)];

    private Block BlockAt(uint handle)
    {
        var slots = _pages[(int)(handle >> PageBits)].AsSpan((int)(handle & (PageSlots - 1)));
        var count = (int)(slots[0] >> CountBits);
        return new Block(
            (uint)slots[0],
            MemoryMarshal.Cast<ulong, long>(slots.Slice(1, count)),
            MemoryMarshal.Cast<ulong, double>(slots.Slice(1 + count, count)));
    }

    private Blocks BlocksOf(in Chain chain) => new(this, chain);

    private void Sort(ref Chain chain)
    {
        var all = Gather(chain);
        all.Ticks.Sort(all.Values);
        chain.FollowAnew(all.Ticks);
        var at = 0;
        foreach (var block in BlocksOf(chain))
        {
            all.Ticks.Slice(at, block.Ticks.Length).CopyTo(block.Ticks);
            all.Values.Slice(at, block.Ticks.Length).CopyTo(block.Values);
            at += block.Ticks.Length;
        }
    }

    /// <summary>A copy of a sensor's readings side by side, in memory that the next copy takes.</summary>
    private Block Gather(in Chain chain)
    {
        if (_ticks.Length < chain.Count)
            (_ticks, _values) = (new long[chain.Count], new double[chain.Count]);
        var all = new Block(next: 0, _ticks.AsSpan(0, chain.Count), _values.AsSpan(0, chain.Count));
        var at = 0;
        foreach (var block in BlocksOf(chain))
        {
            block.Ticks.CopyTo(all.Ticks[at..]);
            block.Values.CopyTo(all.Values[at..]);
            at += block.Ticks.Length;
        }

        return all;
    }

    /// <summary>Where the readings of one sensor begin and end, in memory and in time.</summary>
    private struct Chain
    {
        public uint First;
        public uint Last;
        public int Count;

        public static Chain Empty => new() { FirstTicks = long.MaxValue, ShortestStep = long.MaxValue };

        public long FirstTicks { get; private set; }

        public long LastTicks { get; private set; }

        /// <summary>Of the steps from one reading to the next; negative when they are not in the order of time.</summary>
        public long ShortestStep { get; private set; }

        /// <summary>Notes the times of readings just added: they are at hand then, and later would have to be fetched again.</summary>
        public void Follow(ReadOnlySpan<long> ticks)
        {
            var (last, shortest) = (ticks[0], ShortestStep);
            if (FirstTicks == long.MaxValue)
                FirstTicks = last;
            else
                shortest = Math.Min(shortest, last - LastTicks);
            foreach (var next in ticks[1..])
            {
                shortest = Math.Min(shortest, next - last);
                last = next;
            }

            (LastTicks, ShortestStep) = (last, shortest);
        }

        /// <summary>Notes the times of all readings, once sorted.</summary>
        public void FollowAnew(ReadOnlySpan<long> ticks)
        {
            (FirstTicks, ShortestStep) = (long.MaxValue, long.MaxValue);
            Follow(ticks);
        }
    }

    private readonly ref struct Block(uint next, Span<long> ticks, Span<double> values)
    {
        public uint Next { get; } = next;

        public Span<long> Ticks { get; } = ticks;

        public Span<double> Values { get; } = values;
    }

    /// <summary>Walks along a chain.</summary>
    private ref struct Blocks(CollectedReadings readings, Chain chain)
    {
        private int _left = chain.Count;

        public Block Current { get; private set; }

        public readonly Blocks GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_left == 0)
                return false;
            Current = readings.BlockAt(_left == chain.Count ? chain.First : Current.Next);
            _left -= Current.Ticks.Length;
            return true;
        }
    }
}
