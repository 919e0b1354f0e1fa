using System.Numerics;
using System.Runtime.InteropServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The first readings of a sensor as they are: a block of times followed by as many values, in a table's pages.</summary>
internal struct CollectedReadings
{
    private const int FirstSizeBits = 1;

    private uint _block;
    private byte _sizeBits;

    public int Count { get; private set; }

    private readonly int Capacity => _sizeBits == 0 ? 0 : 1 << (_sizeBits - 1);

    public void Add(in ReadingRun run, SlotPages pages)
    {
        var count = Count + run.Count;
        if (count > Capacity)
            Grow(count, pages);
        run.Ticks.CopyTo(Ticks(pages)[Count..]);
        run.Values.CopyTo(Values(pages)[Count..]);
        Count = count;
    }

    /// <summary>All of them, valid until the pages are cleared.</summary>
    public readonly ReadingRun Run(SlotPages pages) => Count == 0 ? default : new(Ticks(pages)[..Count], Values(pages)[..Count], sequence: 0);

    /// <summary>Puts them in the order of time, in which they mostly are.</summary>
    public readonly void Sort(SlotPages pages)
    {
        var ticks = Run(pages).Ticks;
        for (var i = 1; i < ticks.Length; i++)
        {
            if (ticks[i] >= ticks[i - 1])
                continue;
            Ticks(pages)[..Count].Sort(Values(pages)[..Count]);
            return;
        }
    }

    /// <summary>How many buckets of a width they can need at most, once sorted.</summary>
    public readonly int MostBuckets(SlotPages pages, long width)
    {
        if (Count < 2)
            return Count;
        var ticks = Run(pages).Ticks;
        return (int)Math.Min(Count, ((ticks[^1] - ticks[0]) / width) + 2);
    }

    /// <summary>How many buckets of a width they need, once sorted.</summary>
    public readonly int CountBuckets(SlotPages pages, long width)
    {
        var (count, first, end) = (0, long.MinValue, long.MinValue);
        foreach (var ticks in Run(pages).Ticks)
        {
            // Mostly the distance alone tells, without the division that the bucket's end takes.
            if (count > 0 && ticks - first < width)
            {
                if (end < first)
                    end = SeriesLadder.Start(first, width) + width;
                if (ticks < end)
                    continue;
            }

            count++;
            (first, end) = (ticks, long.MinValue);
        }

        return count;
    }

    private void Grow(int count, SlotPages pages)
    {
        var larger = new CollectedReadings { _sizeBits = (byte)(FirstSizeBits + BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)count))) };
        larger._block = pages.Allocate(larger._sizeBits);
        if (Count > 0)
        {
            larger.Add(Run(pages), pages);
            pages.Free(_block, _sizeBits);
        }

        this = larger;
    }

    private readonly Span<long> Ticks(SlotPages pages) => MemoryMarshal.Cast<ulong, long>(pages.Block(_block, _sizeBits)[..Capacity]);

    private readonly Span<double> Values(SlotPages pages) => MemoryMarshal.Cast<ulong, double>(pages.Block(_block, _sizeBits)[Capacity..]);
}
