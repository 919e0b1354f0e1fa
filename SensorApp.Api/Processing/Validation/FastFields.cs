using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SensorApp.Api.Processing.Validation;

/// <summary>Recognises the usual forms of the three fields in a few instructions. False, NaN or <see cref="Unusual"/> mean only "not the usual form": the full rules then decide.</summary>
/// <remarks>All need readable bytes around the field: sixteen before, eight behind. Results come back as values: an out parameter would have to go through memory.</remarks>
internal static class FastFields
{
    /// <summary>What <see cref="ReadTime"/> returns for a time that is not in the usual form.</summary>
    public const long Unusual = long.MinValue;

    private const ulong AnyDigit = 0x7676_7676_7676_7676;
    private const byte Point = '.' ^ '0';

    // "HH:mm:ss" with the digits at their limits (hours up to 29, checked later) and nothing but colons between.
    private const ulong TimeZeros = 0x3030_3A30_303A_3030;
    private const ulong TimeRoom = 0x767A_7F76_7A7F_767D;

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

    /// <summary>The time of day, "HH:mm:ss" with or without milliseconds, and "Z" or (where that is UTC too) nothing; in ticks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ReadTime(ref byte time, int length, bool noOffsetIsUtc)
    {
        const int SecondsEnd = 8;
        const int MillisecondsEnd = 12;
        var digits = Words.Read(ref time, 0) ^ TimeZeros;
        if (Words.Over(digits, TimeRoom) != 0)
            return Unusual;
        var pairs = (digits * 10) + (digits >> 8);
        var hours = pairs & 0xFF;
        var seconds = (hours * 3600) + (((pairs >> 24) & 0xFF) * 60) + ((pairs >> 48) & 0xFF);
        var end = Unsafe.Add(ref time, length - 1) == 'Z' ? length - 1 : noOffsetIsUtc ? length : 0;
        if (hours > 23 || (end != SecondsEnd && end != MillisecondsEnd))
            return Unusual;
        var ticks = (long)seconds * TimeSpan.TicksPerSecond;
        return end == SecondsEnd ? ticks : AddMilliseconds(ref Unsafe.Add(ref time, SecondsEnd), ticks);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ReadShort(ulong ending, int length)
    {
        var digits = (ending ^ Words.Zeros) & (ulong.MaxValue << (64 - (length * 8)));
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
    private static long AddMilliseconds(ref byte text, long ticks)
    {
        var word = Unsafe.ReadUnaligned<uint>(ref text);
        var digits = (BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word)) ^ 0x3030_302E;
        var milliseconds = (((digits >> 8) & 0xF) * 100) + (((digits >> 16) & 0xF) * 10) + (digits >> 24);
        return Words.Over(digits, 0x7676_767F) == 0 ? ticks + (milliseconds * TimeSpan.TicksPerMillisecond) : Unusual;
    }
}
