using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Counts of values in buckets 1/64 of a power of two wide, each thus known to 0.8 %; two sketches merge by adding counts.</summary>
/// <remarks>
/// The bucket of a value is the upper part of its bits, so finding it costs a shift. Buckets are kept in an open-addressing table of
/// slots (code, count) in <see cref="SlotPages"/>, because readings that cross zero span far too many buckets for an array.
/// </remarks>
internal struct QuantileSketch
{
    private const int MantissaBits = 52;
    private const int KeptMantissaBits = 6;
    private const int DroppedBits = MantissaBits - KeptMantissaBits;
    private const int DenormalOctaves = MantissaBits + 2;
    private const int DenormalBuckets = DenormalOctaves << KeptMantissaBits;
    private const double DenormalScale = 1L << DenormalOctaves;
    private const ulong SmallestNormal = 1UL << MantissaBits;
    private const ulong SignBit = 1UL << 63;

    private const int CountBits = 44;
    private const ulong CountMask = (1UL << CountBits) - 1;
    private const int SmallestSizeBits = 2;

    private uint _handle;
    private byte _sizeBits;
    private int _used;

    /// <summary>Distinct buckets in use.</summary>
    public readonly int Buckets => _used;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value, SlotPages pages) => Add(CodeOf(value), 1, pages);

    public void Merge(in QuantileSketch other, SlotPages otherPages, SlotPages pages)
    {
        if (other._used == 0)
            return;
        foreach (var slot in otherPages.Block(other._handle, other._sizeBits))
            if (slot != 0)
                Add((uint)(slot >> CountBits), slot & CountMask, pages);
    }

    /// <summary>Copies the buckets to <paramref name="buckets"/> in ascending order of value.</summary>
    public readonly void CopySorted(SlotPages pages, List<(double Value, long Count)> buckets)
    {
        buckets.Clear();
        if (_used == 0)
            return;
        foreach (var slot in pages.Block(_handle, _sizeBits))
            if (slot != 0)
                buckets.Add((Middle((uint)(slot >> CountBits)), (long)(slot & CountMask)));
        buckets.Sort(static (a, b) => a.Value.CompareTo(b.Value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(uint code, ulong count, SlotPages pages)
    {
        if (_used != 0)
        {
            ref var slot = ref FindSlot(code, pages);
            if (slot != 0)
            {
                slot += count;
                return;
            }
        }

        Insert(code, count, pages);
    }

    /// <summary>The code's slot, or the empty one where it belongs; there is always an empty one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref ulong FindSlot(uint code, SlotPages pages)
    {
        ref var first = ref pages.First(_handle);
        var mask = (1u << _sizeBits) - 1;
        var index = (code * 2654435769u) >> (32 - _sizeBits);
        while (true)
        {
            ref var slot = ref Unsafe.Add(ref first, index);
            if (slot == 0 || slot >> CountBits == code)
                return ref slot;
            index = (index + 1) & mask;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Insert(uint code, ulong count, SlotPages pages)
    {
        if (_used == 0)
        {
            _sizeBits = SmallestSizeBits;
            _handle = pages.Allocate(_sizeBits);
        }
        else if (_used * 4 >= 3 << _sizeBits)
        {
            Grow(pages);
        }

        FindSlot(code, pages) = ((ulong)code << CountBits) | count;
        _used++;
    }

    private void Grow(SlotPages pages)
    {
        var (oldHandle, oldBits) = (_handle, _sizeBits);
        _sizeBits++;
        _handle = pages.Allocate(_sizeBits);
        foreach (var slot in pages.Block(oldHandle, oldBits))
            if (slot != 0)
                FindSlot((uint)(slot >> CountBits), pages) = slot;
        pages.Free(oldHandle, oldBits);
    }

    /// <summary>Bucket and sign in 20 bits, never 0. Denormals get octaves of their own below the normal numbers; zero is bucket 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint CodeOf(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var magnitude = bits & ~SignBit;
        var bucket = magnitude >= SmallestNormal ? (uint)(magnitude >> DroppedBits) + DenormalBuckets : DenormalBucket(magnitude);
        return (bucket << 1) + (bucket == 0 ? 0 : (uint)(bits >> 63)) + 1;
    }

    private static uint DenormalBucket(ulong magnitude)
    {
        var scaled = BitConverter.UInt64BitsToDouble(magnitude) * DenormalScale;
        return (uint)(BitConverter.DoubleToUInt64Bits(scaled) >> DroppedBits);
    }

    private static double Middle(uint code)
    {
        var bucket = (code - 1) >> 1;
        if (bucket == 0)
            return 0;
        var normal = bucket >= DenormalBuckets + (1 << KeptMantissaBits);
        var bits = (((ulong)bucket - (normal ? (ulong)DenormalBuckets : 0)) << DroppedBits) | (1UL << (DroppedBits - 1));
        var middle = BitConverter.UInt64BitsToDouble(bits) / (normal ? 1 : DenormalScale);
        return ((code - 1) & 1) != 0 ? -middle : middle;
    }
}
