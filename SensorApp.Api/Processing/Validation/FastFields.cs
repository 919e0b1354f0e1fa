using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SensorApp.Api.Processing.Validation;

/// <summary>Recognises the usual forms of the three fields in a few instructions. False, NaN or <see cref="Unusual"/> mean only "not the usual form": the full rules then decide.</summary>
/// <remarks>They read around the field, whatever its length: seven bytes before it, and nineteen behind a timestamp.</remarks>
internal static class FastFields
{
    /// <summary>What <see cref="ReadTime"/> returns for a time that is not in the usual form.</summary>
    public const long Unusual = long.MinValue;

    /// <summary>What a word lacks to the limit of its bytes (see <see cref="Words.Over"/>): digits only.</summary>
    public const ulong AnyDigit = 0x7676_7676_7676_7676;

    /// <summary>The same for "HH:mm:ss": the digits at their limits (hours up to 29, checked later) and nothing but colons between.</summary>
    public const ulong TimeRoom = 0x767A_7F76_7A7F_767D;

    /// <summary>The same for ".fff".</summary>
    public const ulong FractionRoom = 0x7F7F_7F7F_7676_767F;

    private const byte Point = '.' ^ '0';
    private const uint FractionZeros = 0x3030_302E;

    // Too many strange bytes.
    private const ulong NoNumber = Words.HighBits;

    private const ulong TimeZeros = 0x3030_3A30_303A_3030;
    private const int SecondsEnd = 8;
    private const int FractionEnd = 12;

    private static ReadOnlySpan<double> PowersOfTen => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>A number of up to 15 digits, perhaps negative, perhaps with a point: the quotient of two exact doubles is the nearest double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ReadValue(ref byte text, int length)
    {
        var negative = text == '-';
        var digits = negative ? length - 1 : length;
        if ((uint)(digits - 1) >= 2 * sizeof(ulong))
            return double.NaN;
        var magnitude = digits <= sizeof(ulong)
            ? ReadShort(Words.Read(ref text, length - sizeof(ulong)), digits)
            : ReadLong(ref text, length - digits, length);
        return negative ? -magnitude : magnitude;
    }

    /// <summary>The digits of a number of one to eight bytes after the sign, for <see cref="WordQuads.ReadValues"/>; of any other a word that is no number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong WordOfValue(ref byte text, int length, out ulong sign)
    {
        var negative = text == '-' ? 1 : 0;
        sign = (ulong)negative << 63;
        var digits = length - negative;
        return (uint)(digits - 1) < sizeof(ulong) ? DigitsOf(Words.Read(ref text, length - sizeof(ulong)), digits) : NoNumber;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsIdLength(int length) => (uint)(length - 1) < 256;

    /// <summary>An id of printable ASCII without blanks, up to 256 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPlainId(ref byte text, int length)
    {
        if (!IsIdLength(length))
            return false;
        if (length < sizeof(ulong))
        {
            var inside = (1UL << (length * 8)) - 1;
            return IsPlain((Words.Read(ref text, 0) & inside) | (Words.Zeros & ~inside));
        }

        var plain = IsPlain(Words.Read(ref text, length - sizeof(ulong)));
        for (var at = 0; at < length - sizeof(ulong); at += sizeof(ulong))
            plain &= IsPlain(Words.Read(ref text, at));
        return plain;
    }

    /// <summary>
    /// The parts of a time of day, "HH:mm:ss" with or without milliseconds, and "Z" or (where that is UTC too) nothing: words for
    /// <see cref="ReadTime"/>, the second 0 where there are no milliseconds. False when it has another length.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrySplitTime(ref byte time, int length, bool noOffsetIsUtc, out ulong clock, out ulong fraction)
    {
        var end = Unsafe.Add(ref time, length - 1) == 'Z' ? length - 1 : noOffsetIsUtc ? length : 0;
        clock = Words.Read(ref time, 0) ^ TimeZeros;
        fraction = end == FractionEnd ? FractionOf(ref time) : 0;
        return end is SecondsEnd or FractionEnd;
    }

    /// <summary>The time of day in ticks, or <see cref="Unusual"/>.</summary>
    public static long ReadTime(ulong clock, uint fraction)
    {
        var pairs = (clock * 10) + (clock >> 8);
        var hours = pairs & 0xFF;
        var seconds = (hours * 3600) + (((pairs >> 24) & 0xFF) * 60) + ((pairs >> 48) & 0xFF);
        var milliseconds = (seconds * 1000) + (((fraction >> 8) & 0xFF) * 100) + (((fraction >> 16) & 0xFF) * 10) + (fraction >> 24);
        var isTime = (Words.Over(clock, TimeRoom) | Words.Over(fraction, FractionRoom)) == 0 && hours <= 23;
        return isTime ? (long)milliseconds * TimeSpan.TicksPerMillisecond : Unusual;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ReadShort(ulong ending, int length)
    {
        var digits = DigitsOf(ending, length);
        var strange = Words.Over(digits, AnyDigit);
        if (strange == 0)
            return Words.ToNumber(digits);

        // One strange byte, and that a point: close the gap and divide.
        var bit = BitOperations.TrailingZeroCount(strange) - 7;
        if ((strange & (strange - 1)) != 0 || (byte)(digits >> bit) != Point || length == 1)
            return double.NaN;
        var whole = digits & ((1UL << bit) - 1);
        var fraction = digits & ~(((1UL << bit) << 8) - 1);
        return Words.ToNumber((whole << 8) | fraction) / PowerOfTen(7 - (bit >> 3));
    }

    // The digits of a word's last bytes, and zeros before them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DigitsOf(ulong ending, int length) => (ending ^ Words.Zeros) & (ulong.MaxValue << (64 - (length * 8)));

    private static double ReadLong(ref byte text, int start, int end)
    {
        const int MaxDigits = 15;
        var (number, digits, fraction) = (0L, 0, -1);
        for (var at = start; at < end; at++)
        {
            var digit = (uint)Unsafe.Add(ref text, at) - '0';
            if (digit <= 9)
            {
                number = (number * 10) + digit;
                digits++;
            }
            else if (Unsafe.Add(ref text, at) == '.' && fraction < 0)
            {
                fraction = digits;
            }
            else
            {
                return double.NaN;
            }
        }

        return digits <= MaxDigits ? number / PowerOfTen(fraction < 0 ? 0 : digits - fraction) : double.NaN;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double PowerOfTen(int power) => Unsafe.Add(ref MemoryMarshal.GetReference(PowersOfTen), power);

    // 0x21 to 0x7E in every byte; a borrow can only send a plain id to the full rules.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(ulong word) => (((word - 0x2121_2121_2121_2121) | word | (word + 0x0101_0101_0101_0101)) & Words.HighBits) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint FractionOf(ref byte time)
    {
        var word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref time, SecondsEnd));
        return (BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word)) ^ FractionZeros;
    }
}
