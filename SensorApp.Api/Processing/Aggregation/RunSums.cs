using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>What the values of a run add up to. Four at a time where the machine has vectors for it.</summary>
internal struct RunSums
{
    private const double Largest = 1L << 60;
    private const double LargestOrdinary = Largest * Largest * Largest * Largest * Largest * Largest * Largest * Largest;
    private const double SmallestOrdinary = 1 / (Largest * Largest * Largest * Largest * Largest * Largest * (1L << 40));

    /// <summary>Sum, and what its rounding lost.</summary>
    public double Sum;

    public double SumError;

    /// <summary>Sum of the squared deviations from <see cref="Shift"/>.</summary>
    public double Squares;

    public double Shift;

    public double Minimum;

    public double Maximum;

    /// <summary>Whether a value is one for <see cref="ExtremeReadings"/>: the sums then mean nothing.</summary>
    public bool HasExtremes;

    /// <remarks>Written in place: copying a struct whose fields were just written one by one waits until they have reached the cache.</remarks>
    public static void Of(ReadOnlySpan<double> values, double shift, out RunSums sums)
    {
        sums = default;
        (sums.Shift, sums.Minimum, sums.Maximum) = (shift, values[0], values[0]);
        var at = 0;
        if (Vector256.IsHardwareAccelerated && values.Length >= Vector256<double>.Count)
            at = sums.AddVectors(values);
        for (; at < values.Length; at++)
            sums.Add(values[at]);
    }

    /// <summary>Error-free sum of two doubles (Knuth's TwoSum): adds to the sum, and its rounding error to the error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddExactly(ref double sum, ref double error, double value)
    {
        var total = sum + value;
        var added = total - sum;
        error += (sum - (total - added)) + (value - added);
        sum = total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(double value)
    {
        AddExactly(ref Sum, ref SumError, value);
        var deviation = value - Shift;
        Squares += deviation * deviation;
        Minimum = value < Minimum ? value : Minimum;
        Maximum = value > Maximum ? value : Maximum;
        HasExtremes |= ExtremeReadings.IsExtreme(value);
    }

    /// <summary>Returns how many of the values it has added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AddVectors(ReadOnlySpan<double> values)
    {
        ref var start = ref MemoryMarshal.GetReference(values);
        var minimum = Vector256.LoadUnsafe(ref start);
        var maximum = minimum;
        var (sum, error, squares) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (extremes, shift) = (Vector256<double>.Zero, Vector256.Create(Shift));
        var at = 0;
        for (; at <= values.Length - Vector256<double>.Count; at += Vector256<double>.Count)
        {
            var next = Vector256.LoadUnsafe(ref start, (nuint)at);
            var total = sum + next;
            var added = total - sum;
            error += (sum - (total - added)) + (next - added);
            sum = total;
            var deviation = next - shift;
            squares += deviation * deviation;
            minimum = Vector256.MinNative(minimum, next);
            maximum = Vector256.MaxNative(maximum, next);
            var magnitude = Vector256.Abs(next);
            extremes |= Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(LargestOrdinary))
                | Vector256.AndNot(Vector256.LessThan(magnitude, Vector256.Create(SmallestOrdinary)), Vector256.Equals(next, Vector256<double>.Zero));
        }

        AddLanes(sum, error);
        Squares = Vector256.Sum(squares);
        (Minimum, Maximum) = (Lowest(minimum), -Lowest(-maximum));
        HasExtremes = extremes.ExtractMostSignificantBits() != 0;
        return at;
    }

    private void AddLanes(Vector256<double> sum, Vector256<double> error)
    {
        var (low, high) = (sum.GetLower(), sum.GetUpper());
        var total = low + high;
        var added = total - low;
        var lost = (low - (total - added)) + (high - added) + error.GetLower() + error.GetUpper();
        (Sum, SumError) = (total.ToScalar(), lost.ToScalar() + lost.GetElement(1));
        AddExactly(ref Sum, ref SumError, total.GetElement(1));
    }

    private static double Lowest(Vector256<double> values)
    {
        var pairs = Vector128.MinNative(values.GetLower(), values.GetUpper());
        return pairs.ToScalar() < pairs.GetElement(1) ? pairs.ToScalar() : pairs.GetElement(1);
    }
}
