using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Validation;

/// <summary>Eight bytes of text in one 64-bit word, the first in the lowest byte. Works on any machine: no vector instructions.</summary>
internal static class Words
{
    public const ulong HighBits = 0x8080_8080_8080_8080;
    public const ulong Zeros = 0x3030_3030_3030_3030;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(ref byte text, int offset)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, offset));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    /// <summary>A high bit in every byte that is over its limit; <paramref name="room"/> is 0x7F less the limit, a byte each. A byte over 0x7F may also mark its neighbour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Over(ulong word, ulong room) => ((word + room) | word) & HighBits;

    /// <summary>The number that eight digits (0 to 9 in each byte, the first the highest) make.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ToNumber(ulong digits)
    {
        digits = (digits * 10) + (digits >> 8);
        const ulong Pairs = 0x0000_00FF_0000_00FF;
        const ulong FirstAndThird = 0x000F_4240_0000_0064;
        const ulong SecondAndFourth = 0x0000_2710_0000_0001;
        return (uint)((((digits & Pairs) * FirstAndThird) + (((digits >> 16) & Pairs) * SecondAndFourth)) >> 32);
    }
}
