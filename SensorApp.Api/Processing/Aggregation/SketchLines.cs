using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The memory of all sketches of one table: lines of counters, and the directories that find them.</summary>
/// <remarks>Not thread-safe. A counter has 32 bits, so that a line of 16 is one cache line; what does not fit is carried over here, which takes four billion readings in one bucket.</remarks>
internal sealed class SketchLines
{
    public const int CountersBits = 4;
    public const int Counters = 1 << CountersBits;

    private const int LineSizeBits = 3;

    private readonly SlotPages _pages = new();
    private readonly Dictionary<(uint Line, int Counter), long> _carried = [];

    public long Bytes => _pages.Bytes;

    public uint AllocateLine() => _pages.AllocateZeroed(LineSizeBits);

    public uint AllocateDirectory(int sizeBits) => _pages.AllocateZeroed(sizeBits);

    public void FreeDirectory(uint directory, int sizeBits) => _pages.Free(directory, sizeBits);

    public Span<ulong> Directory(uint directory, int sizeBits) => _pages.Block(directory, sizeBits);

    /// <summary>The first counter of a line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref uint Line(uint line) => ref Unsafe.As<ulong, uint>(ref _pages.First(line));

    public long Count(uint line, int counter) =>
        Unsafe.Add(ref Line(line), counter) + (_carried.Count == 0 ? 0 : _carried.GetValueOrDefault((line, counter)));

    /// <summary>What all counters of a line come to.</summary>
    public long Total(uint line)
    {
        ref var counters = ref Line(line);
        var total = Vector128<ulong>.Zero;
        for (var i = 0; i < Counters; i += Vector128<uint>.Count)
        {
            var (lower, upper) = Vector128.Widen(Vector128.LoadUnsafe(ref counters, (nuint)i));
            total += lower + upper;
        }

        return (long)Vector128.Sum(total) + (_carried.Count == 0 ? 0 : CarriedTotal(line));
    }

    /// <summary>Which counters of a line are not zero, a bit each. Few are: it pays to find them all at once.</summary>
    public uint Counted(uint line)
    {
        ref var counters = ref Line(line);
        var zeros = 0U;
        for (var i = 0; i < Counters; i += Vector128<uint>.Count)
            zeros |= Vector128.Equals(Vector128.LoadUnsafe(ref counters, (nuint)i), Vector128<uint>.Zero).ExtractMostSignificantBits() << i;
        var counted = ~zeros & ((1U << Counters) - 1);
        return _carried.Count == 0 ? counted : counted | Carried(line);
    }

    public void Add(uint line, int counter, long count)
    {
        ref var counted = ref Unsafe.Add(ref Line(line), counter);
        var total = counted + count;
        counted = (uint)total;
        if (total > uint.MaxValue)
            Carry(line, counter, total - counted);
    }

    /// <summary>Keeps what a counter that has wrapped around cannot hold.</summary>
    public void Carry(uint line, int counter, long count) => _carried[(line, counter)] = _carried.GetValueOrDefault((line, counter)) + count;

    public void Clear()
    {
        _pages.Clear();
        _carried.Clear();
    }

    private long CarriedTotal(uint line) => _carried.Where(carried => carried.Key.Line == line).Sum(carried => carried.Value);

    private uint Carried(uint line)
    {
        var carried = 0U;
        foreach (var (place, _) in _carried)
            carried |= place.Line == line ? 1U << place.Counter : 0;
        return carried;
    }
}
