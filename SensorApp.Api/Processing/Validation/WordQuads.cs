using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SensorApp.Api.Processing.Validation;

/// <summary>Reads the usual forms of values and times of day four rows at a time, from words that <see cref="FastFields"/> has taken from their text.</summary>
/// <remarks>In step with its one-by-one methods: what both accept, both read to the same bits. There is no branch for what a field looks like, so none to be mispredicted.</remarks>
internal static class WordQuads
{
    /// <summary>Rows read at a time.</summary>
    public const int Rows = 4;

    private const ulong PointAndLast = 1UL << 56;

    // Where a point must stand for an odd number of digits behind it; for 2, 3, 6 or 7; for more than 3.
    private const ulong OneDigitMore = 0x0001_0001_0001_0001;
    private const ulong TwoDigitsMore = 0x0000_0101_0000_0101;
    private const ulong FourDigitsMore = 0x0000_0000_0101_0101;

    private const ulong FirstAndThirdPair = 0x0000_00FF_0000_00FF;

    // 2^52, to which any smaller whole number is added by setting the low bits.
    private const ulong WholeNumbers = 0x4330_0000_0000_0000;

    /// <summary>Reads numbers of up to eight digits and perhaps a point; returns a bit a row that has another form, whose value is then NaN.</summary>
    /// <param name="words">As <see cref="FastFields.WordOfValue"/> gives them.</param>
    /// <param name="signs">The sign bits of the values.</param>
    /// <param name="values">Are set.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ReadValues(ref ulong words, ref ulong signs, ref double values)
    {
        var word = Vector256.LoadUnsafe(ref words);
        var strange = Over(word, Vector256.Create(FastFields.AnyDigit));
        var point = Vector256.ShiftRightLogical(strange, 7);
        var hasNone = Vector256.Equals(point, Vector256<ulong>.Zero);
        // Nothing strange, or one byte that is a point ('.' is 30 from '0') and not the last.
        var usual = Vector256.Equals(strange & (strange - Vector256<ulong>.One), Vector256<ulong>.Zero)
            & Vector256.Equals(word & ((point << 8) - point), (point << 5) - (point << 1))
            & Vector256.Equals(point & Vector256.Create(PointAndLast), Vector256<ulong>.Zero);

        // The digits before a point move up to those behind it.
        var whole = word & (point - Vector256<ulong>.One);
        var fraction = Vector256.AndNot(word, (point << 8) - Vector256<ulong>.One);
        var number = ToNumber(Vector256.ConditionalSelect(hasNone, word, (whole << 8) | fraction));
        var scale = Choose(point, OneDigitMore, 10) * Choose(point, TwoDigitsMore, 100) * Choose(point, FourDigitsMore, 10_000);
        var magnitude = ((number | Vector256.Create(WholeNumbers)).AsDouble() - Vector256.Create(WholeNumbers).AsDouble()) / scale;
        ((magnitude.AsUInt64() ^ Vector256.LoadUnsafe(ref signs)) | ~usual).AsDouble().StoreUnsafe(ref values);
        return (~usual).ExtractMostSignificantBits();
    }

    /// <summary>Adds times of day to the midnights in <paramref name="ticks"/>; returns a bit a row that is no time of day, whose ticks then mean nothing.</summary>
    /// <param name="clocks">"HH:mm:ss" as <see cref="FastFields.TrySplitTime"/> gives it.</param>
    /// <param name="fractions">".fff", or 0 for none.</param>
    /// <param name="ticks">Of 100 ns.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AddTimes(ref ulong clocks, ref ulong fractions, ref long ticks)
    {
        var (clock, fraction) = (Vector256.LoadUnsafe(ref clocks), Vector256.LoadUnsafe(ref fractions));
        var strange = Over(clock, Vector256.Create(FastFields.TimeRoom)) | Over(fraction, Vector256.Create(FastFields.FractionRoom));
        var pairs = TimesTen(clock) + (clock >> 8);
        var hours = ByteAt(pairs, 0);
        var seconds = Times(hours, 3600) + Times(ByteAt(pairs, 24), 60) + ByteAt(pairs, 48);
        var milliseconds = Times(seconds, 1000) + Times(ByteAt(fraction, 8), 100) + Times(ByteAt(fraction, 16), 10) + ByteAt(fraction, 24);
        var sinceMidnight = (milliseconds << 13) + (milliseconds << 11) - (milliseconds << 8) + (milliseconds << 4); // 10,000 ticks each
        (Vector256.LoadUnsafe(ref ticks) + sinceMidnight.AsInt64()).StoreUnsafe(ref ticks);
        var unusual = ~Vector256.Equals(strange, Vector256<ulong>.Zero) | Vector256.GreaterThan(hours.AsInt64(), Vector256.Create(23L)).AsUInt64();
        return unusual.ExtractMostSignificantBits();
    }

    /// <inheritdoc cref="Words.Over"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Over(Vector256<ulong> words, Vector256<ulong> room) => ((words + room) | words) & Vector256.Create(Words.HighBits);

    /// <inheritdoc cref="Words.ToNumber"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> ToNumber(Vector256<ulong> digits)
    {
        digits = TimesTen(digits) + (digits >> 8);
        var pairs = Vector256.Create(FirstAndThirdPair);
        var fours = Times(digits & pairs, 100) + ((digits >> 16) & pairs);
        return Times(fours & Vector256.Create((ulong)uint.MaxValue), 10_000) + (fours >> 32);
    }

    // Of eight bytes at once, each of which has room for it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> TimesTen(Vector256<ulong> digits) => (digits << 3) + (digits << 1);

    // In halves: no product needs more than 32 bits, for which machines have an instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Times(Vector256<ulong> words, uint factor) => (words.AsUInt32() * factor).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> ByteAt(Vector256<ulong> words, int bit) => (words >> bit) & Vector256.Create(0xFFUL);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Choose(Vector256<ulong> point, ulong places, double factor) =>
        Vector256.ConditionalSelect(Vector256.Equals(point & Vector256.Create(places), Vector256<ulong>.Zero).AsDouble(), Vector256<double>.One, Vector256.Create(factor));
}
