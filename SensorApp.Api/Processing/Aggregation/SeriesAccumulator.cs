using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>One time bucket of one sensor. The sum is scaled down by a power of two, so that it cannot overflow.</summary>
/// <param name="start">Its start, in UTC ticks.</param>
/// <param name="value">Its first reading.</param>
internal struct SeriesAccumulator(long start, double value)
{
    private const double Down = 1.0 / Up;
    private const double Up = 18446744073709551616.0;

    private double _scaledSum = value * Down;

    public long Start { get; private set; } = start;

    public long Count { get; private set; } = 1;

    public double Minimum { get; private set; } = value;

    public double Maximum { get; private set; } = value;

    /// <summary>The scaled-down mean of denormals is zero, which the clamp mends as far as a chart can show.</summary>
    public readonly double Average => Math.Clamp(_scaledSum / Count * Up, Minimum, Maximum);

    /// <summary>A bucket of so many readings, none of them extreme.</summary>
    public static SeriesAccumulator Of(long start, in RunSums sums, int count) => new(start, sums.Minimum)
    {
        _scaledSum = sums.Sum * Down,
        Count = count,
        Maximum = sums.Maximum,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value)
    {
        Count++;
        _scaledSum += value * Down;
        Minimum = double.MinNative(value, Minimum);
        Maximum = double.MaxNative(value, Maximum);
    }

    public void Merge(in SeriesAccumulator other)
    {
        Count += other.Count;
        _scaledSum += other._scaledSum;
        Minimum = double.MinNative(other.Minimum, Minimum);
        Maximum = double.MaxNative(other.Maximum, Maximum);
    }

    public void Align(long width) => Start = SeriesLadder.Start(Start, width);
}
