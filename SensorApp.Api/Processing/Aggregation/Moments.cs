using System.Numerics;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Count, sum and squared deviations of doubles between 2^-400 and 2^480 in magnitude (and zeros), so that no step can overflow.</summary>
/// <remarks>
/// The sum is a double and the sum of all its rounding errors, exact to about 106 bits. The squares are taken about a shift near the mean,
/// which costs no division a value; the shift moves to the mean whenever the count passes a power of two, so that an outlying first value does no harm.
/// </remarks>
internal struct Moments
{
    private double _sum;
    private double _sumError;
    private double _shift;
    private double _squares;

    public long Count { get; private set; }

    /// <summary>Sum as an unevaluated pair: the second part is below the last bit of the first.</summary>
    public readonly (double High, double Low) Sum
    {
        get
        {
            var high = _sum + _sumError;
            return (high, _sum - high + _sumError);
        }
    }

    public readonly double Mean
    {
        get
        {
            var (high, low) = Sum;
            return (high / Count) + (low / Count);
        }
    }

    public readonly bool IsAllZero => _shift == 0 && _squares == 0;

    /// <summary>Sum of the squared deviations from the mean; never negative.</summary>
    public readonly double SquaredDeviations
    {
        get
        {
            if (Count == 0)
                return 0;
            var offset = OffsetFromShift;
            return Math.Max(0, _squares - (offset * offset / Count));
        }
    }

    /// <summary>Sum of (value - shift). The product is subtracted before it is rounded.</summary>
    private readonly double OffsetFromShift => Math.FusedMultiplyAdd(-Count, _shift, _sum) + _sumError;

    /// <summary>What the squares of a run must be taken about that is to be added next.</summary>
    public double ShiftFor(ReadOnlySpan<double> run)
    {
        if (Count == 0)
            return run[0];
        if (BitOperations.Log2((ulong)(Count + run.Length)) > BitOperations.Log2((ulong)Count))
            MoveShift(Mean);
        return _shift;
    }

    /// <summary>Adds so many values, none of them extreme, whose squares were taken about what <see cref="ShiftFor"/> said.</summary>
    public void Add(in RunSums run, int count)
    {
        _shift = run.Shift;
        RunSums.AddExactly(ref _sum, ref _sumError, run.Sum);
        _sumError += run.SumError;
        _squares += run.Squares;
        Count += count;
    }

    /// <summary>Adds one value that is not extreme.</summary>
    public void Add(double value)
    {
        RunSums.Of([value], ShiftFor([value]), out var sums);
        Add(sums, 1);
    }

    public void Merge(in Moments other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }

        var moved = other;
        moved.MoveShift(_shift);
        RunSums.AddExactly(ref _sum, ref _sumError, moved._sum);
        _sumError += moved._sumError;
        _squares += moved._squares;
        Count += moved.Count;
        MoveShift(Mean);
    }

    private void MoveShift(double shift)
    {
        var step = shift - _shift;
        var squares = _squares - (2 * step * OffsetFromShift) + (Count * step * step);
        _squares = Math.Max(0, squares);
        _shift = shift;
    }
}
