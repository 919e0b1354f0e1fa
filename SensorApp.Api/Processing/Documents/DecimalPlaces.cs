using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Documents;

/// <summary>
/// Numbers of up to six decimal places as integers, in units of the last place: those of one sensor mostly have equally many, or fewer than one of
/// the first. Writer and reader of a series keep one each, in which the places and the number before are the same at each bucket.
/// </summary>
internal struct DecimalPlaces
{
    private const int Most = 6;

    // Readings that are no short decimal numbers are mostly among many of their kind, and to look for their places costs more than to write them.
    private const int MostVainSearches = 8;

    private int _vainSearches;
    private long _before;

    /// <summary>How many units make one, by places: exact, as are integers of up to 2^53, so that their quotient is the double nearest to the decimal number.</summary>
    private static ReadOnlySpan<double> Units => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>How many places.</summary>
    public int Count { get; private set; }

    /// <summary>Finds integers that <see cref="ValueOf(long)"/> makes exactly these two of, with more places than so far if need be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(double minimum, double maximum, out long scaledMinimum, out long scaledMaximum) =>
        TryScale(minimum, maximum, Count, out scaledMinimum, out scaledMaximum) || TryMore(minimum, maximum, out scaledMinimum, out scaledMaximum);

    /// <summary>What is to be added to the number before, as <see cref="After"/> will; the number is then that before.</summary>
    public long StepTo(long scaled)
    {
        var step = scaled - _before;
        _before = scaled;
        return step;
    }

    /// <summary>The number that comes so much after the one before; it is then that before.</summary>
    public long After(long step) => _before += step;

    /// <summary>Numbers have so many places from now on; there is none before when it is another count.</summary>
    public void ChangeTo(int count)
    {
        if (count != Count)
            (Count, _before) = (count, 0);
    }

    public readonly double ValueOf(long scaled) => ValueOf(scaled, Count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryMore(double minimum, double maximum, out long scaledMinimum, out long scaledMaximum)
    {
        (scaledMinimum, scaledMaximum) = (0, 0);
        if (_vainSearches == MostVainSearches)
            return false;
        for (var count = Count + 1; count <= Most; count++)
        {
            if (TryScale(minimum, maximum, count, out scaledMinimum, out scaledMaximum))
            {
                ChangeTo(count);
                return true;
            }
        }

        _vainSearches++;
        return false;
    }

    // Mostly they are one reading.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryScale(double minimum, double maximum, int count, out long scaledMinimum, out long scaledMaximum)
    {
        var found = TryScale(minimum, count, out scaledMinimum);
        scaledMaximum = scaledMinimum;
        return found && (Bits(maximum) == Bits(minimum) || TryScale(maximum, count, out scaledMaximum));
    }

    // Whatever the processor makes of a number too large for an integer: what counts is that the reader gets the number back, to its last bit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryScale(double value, int count, out long scaled)
    {
        scaled = double.ConvertToIntegerNative<long>(Math.Round(value * Units[count]));
        return Bits(ValueOf(scaled, count)) == Bits(value);
    }

    private static double ValueOf(long scaled, int count) => scaled / Units[count];

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
