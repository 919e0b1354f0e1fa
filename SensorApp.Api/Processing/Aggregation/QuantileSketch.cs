using System.Numerics;
using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Counts of values in buckets 1/64 of a power of two wide, each thus known to 0.8 %; two sketches merge by adding counts.</summary>
/// <remarks>
/// The bucket of a value is the upper part of its bits, so finding it costs a shift. Neighbouring buckets lie side by side in a line of
/// counters, because the readings of a sensor mostly do; the lines themselves are found by a small open-addressing directory, because
/// readings that cross zero span far too many buckets for an array. The line used last is at hand: many sensors have no other, and of
/// those that have, readings of one time are mostly much the same.
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

    // Above the highest bucket, so that the buckets of one sign lie side by side.
    private const int NegativeBit = 18;
    private const uint NegativeFlag = 1U << NegativeBit;

    private const int SmallestDirectoryBits = 2;
    private const int LineBits = 32;
    private const int FewLines = 64;

    private uint _lastKey;
    private uint _lastLine;
    private uint _directory;
    private byte _directoryBits;
    private int _listed;

    /// <summary>Adds values, of which two are the least and the greatest.</summary>
    public void Add(ReadOnlySpan<double> values, double minimum, double maximum, SketchLines lines)
    {
        // Buckets of one sign are in the order of values: if these two are in one line, then so are all.
        var key = KeyOf(BucketOf(minimum));
        if (KeyOf(BucketOf(maximum)) == key && double.IsNormal(minimum) && double.IsNormal(maximum))
            AddNormal(values, LineOf(key, lines), lines);
        else
            Add(values, lines);
    }

    private static void AddNormal(ReadOnlySpan<double> values, uint line, SketchLines lines)
    {
        ref var counters = ref lines.Line(line);
        foreach (var value in values)
        {
            var counter = CounterOf((uint)(BitConverter.DoubleToUInt64Bits(value) >> DroppedBits));
            if (++Unsafe.Add(ref counters, counter) == 0)
                lines.Carry(line, counter, 1L << 32);
        }
    }

    private void Add(ReadOnlySpan<double> values, SketchLines lines)
    {
        var (key, line) = (0U, 0U);
        ref var counters = ref Unsafe.NullRef<uint>();
        foreach (var value in values)
        {
            var bucket = BucketOf(value);
            if (KeyOf(bucket) != key)
            {
                key = KeyOf(bucket);
                line = LineOf(key, lines);
                counters = ref lines.Line(line);
            }

            if (++Unsafe.Add(ref counters, CounterOf(bucket)) == 0)
                lines.Carry(line, CounterOf(bucket), 1L << 32);
        }
    }

    public void Merge(in QuantileSketch other, SketchLines otherLines, SketchLines lines)
    {
        if (other._lastKey == 0)
            return;
        if (other._directoryBits == 0)
        {
            MergeLine(other._lastKey, other._lastLine, otherLines, lines);
            return;
        }

        foreach (var entry in otherLines.Directory(other._directory, other._directoryBits))
            if (entry != 0)
                MergeLine((uint)(entry >> LineBits), (uint)entry, otherLines, lines);
    }

    /// <summary>The values at some ranks, each the middle of its bucket. Not of a sketch that nothing was added to.</summary>
    /// <param name="ranks">Ascending, from 1 for the least value to the number of values.</param>
    /// <param name="values">One for each rank.</param>
    /// <param name="lines">Where the sketch is.</param>
    public readonly void ValuesAt(ReadOnlySpan<long> ranks, Span<double> values, SketchLines lines)
    {
        if (_directoryBits == 0)
        {
            var none = 0L;
            ValuesIn(ranks, values, OrderOf(_lastKey), _lastLine, lines, ref none);
            return;
        }

        // The order above, the line below: as numbers they are sorted without a call for each comparison.
        var sorted = _listed <= FewLines ? stackalloc long[_listed] : new long[_listed];
        var listed = 0;
        foreach (var entry in lines.Directory(_directory, _directoryBits))
            if (entry != 0)
                sorted[listed++] = ((long)OrderOf((uint)(entry >> LineBits)) << LineBits) | (uint)entry;
        sorted[..listed].Sort();
        var (found, passed) = (0, 0L);
        foreach (var entry in sorted[..listed])
        {
            found += ValuesIn(ranks[found..], values[found..], (int)(entry >> LineBits), (uint)entry, lines, ref passed);
            if (found == ranks.Length)
                return;
        }
    }

    /// <summary>Finds the ranks that fall into a line, which <paramref name="passed"/> values lie before, and passes it; returns how many do.</summary>
    private static int ValuesIn(ReadOnlySpan<long> ranks, Span<double> values, int order, uint line, SketchLines lines, ref long passed)
    {
        var end = passed + lines.Total(line);
        var found = 0;
        for (; found < ranks.Length && ranks[found] <= end; found++)
            values[found] = Middle(order, CounterAt(ranks[found] - passed, isDescending: order < 0, line, lines));
        passed = end;
        return found;
    }

    // The lines of negative values run from the largest magnitude down, and so do the counters in them.
    private static int CounterAt(long rank, bool isDescending, uint line, SketchLines lines)
    {
        var (counter, step) = isDescending ? (SketchLines.Counters - 1, -1) : (0, 1);
        for (rank -= lines.Count(line, counter); rank > 0; rank -= lines.Count(line, counter))
            counter += step;
        return counter;
    }

    private void MergeLine(uint key, uint theirs, SketchLines otherLines, SketchLines lines)
    {
        var ours = LineOf(key, lines);
        for (var counted = otherLines.Counted(theirs); counted != 0; counted &= counted - 1)
        {
            var counter = BitOperations.TrailingZeroCount(counted);
            lines.Add(ours, counter, otherLines.Count(theirs, counter));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint LineOf(uint key, SketchLines lines)
    {
        if (key != _lastKey)
            (_lastLine, _lastKey) = (FindOrAddLine(key, lines), key);
        return _lastLine;
    }

    private uint FindOrAddLine(uint key, SketchLines lines)
    {
        if (_lastKey == 0)
            return lines.AllocateLine();
        if (_directoryBits == 0)
        {
            GrowTo(SmallestDirectoryBits, lines);
            List(_lastKey, _lastLine, lines);
        }

        var entry = Find(key, lines.Directory(_directory, _directoryBits));
        return entry != 0 ? (uint)entry : AddLine(key, lines);
    }

    private uint AddLine(uint key, SketchLines lines)
    {
        if (_listed * 4 >= 3 << _directoryBits)
            GrowTo(_directoryBits + 1, lines);
        var line = lines.AllocateLine();
        List(key, line, lines);
        return line;
    }

    private void List(uint key, uint line, SketchLines lines)
    {
        Find(key, lines.Directory(_directory, _directoryBits)) = ((ulong)key << LineBits) | line;
        _listed++;
    }

    /// <summary>The key's entry, or the empty one where it belongs; there is always an empty one.</summary>
    private static ref ulong Find(uint key, Span<ulong> directory)
    {
        for (var at = (int)(key * 2654435769U >> 16); ; at++)
        {
            ref var entry = ref directory[at & (directory.Length - 1)];
            if (entry == 0 || entry >> LineBits == key)
                return ref entry;
        }
    }

    private void GrowTo(int sizeBits, SketchLines lines)
    {
        var larger = lines.AllocateDirectory(sizeBits);
        if (_directoryBits > 0)
        {
            foreach (var entry in lines.Directory(_directory, _directoryBits))
                if (entry != 0)
                    Find((uint)(entry >> LineBits), lines.Directory(larger, sizeBits)) = entry;
            lines.FreeDirectory(_directory, _directoryBits);
        }

        (_directory, _directoryBits) = (larger, (byte)sizeBits);
    }

    // Never 0, which stands for none.
    private static uint KeyOf(uint bucket) => (bucket >> SketchLines.CountersBits) + 1;

    private static int CounterOf(uint bucket) => (int)(bucket & (SketchLines.Counters - 1));

    /// <summary>Bucket and sign. Denormals get octaves of their own below the normal numbers; zero, whatever its sign, is bucket 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BucketOf(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var magnitude = bits & ~SignBit;
        var bucket = magnitude >= SmallestNormal ? (uint)(magnitude >> DroppedBits) + DenormalBuckets : DenormalBucket(magnitude);
        return bucket == 0 ? 0 : bucket | ((uint)(bits >> 63) << NegativeBit);
    }

    private static uint DenormalBucket(ulong magnitude)
    {
        var scaled = BitConverter.UInt64BitsToDouble(magnitude) * DenormalScale;
        return (uint)(BitConverter.DoubleToUInt64Bits(scaled) >> DroppedBits);
    }

    /// <summary>Ascends with the values of a line; negative for a line of negative values.</summary>
    private static int OrderOf(uint key)
    {
        var place = (int)((key - 1) & ~(NegativeFlag >> SketchLines.CountersBits));
        return place == key - 1 ? place : ~place;
    }

    private static double Middle(int order, int counter)
    {
        var bucket = ((uint)(order < 0 ? ~order : order) << SketchLines.CountersBits) + (uint)counter;
        if (bucket == 0)
            return 0;
        var normal = bucket >= DenormalBuckets + (1 << KeptMantissaBits);
        var bits = (((ulong)bucket - (normal ? (ulong)DenormalBuckets : 0)) << DroppedBits) | (1UL << (DroppedBits - 1));
        var middle = BitConverter.UInt64BitsToDouble(bits) / (normal ? 1 : DenormalScale);
        return order < 0 ? -middle : middle;
    }
}
