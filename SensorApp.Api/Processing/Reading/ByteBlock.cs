using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SensorApp.Api.Processing.Reading;

/// <summary>Compares 64 bytes at a time, with the widest vectors the machine has or with none; the answer is one bit a byte, the first the lowest.</summary>
internal static class ByteBlock
{
    public const int Length = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal(ref byte block, byte wanted)
    {
        if (Vector512.IsHardwareAccelerated)
            return Vector512.Equals(Vector512.LoadUnsafe(ref block), Vector512.Create(wanted)).ExtractMostSignificantBits();
        if (Vector256.IsHardwareAccelerated)
            return Half(ref block, wanted) | ((ulong)Half(ref Unsafe.Add(ref block, Length / 2), wanted) << (Length / 2));
        if (Vector128.IsHardwareAccelerated)
            return Quarters(ref block, wanted);
        return OneByOne(MemoryMarshal.CreateReadOnlySpan(ref block, Length), wanted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Half(ref byte block, byte wanted) =>
        Vector256.Equals(Vector256.LoadUnsafe(ref block), Vector256.Create(wanted)).ExtractMostSignificantBits();

    private static ulong Quarters(ref byte block, byte wanted)
    {
        var equal = 0UL;
        for (var i = 0; i < Length; i += Vector128<byte>.Count)
            equal |= (ulong)Vector128.Equals(Vector128.LoadUnsafe(ref block, (nuint)i), Vector128.Create(wanted)).ExtractMostSignificantBits() << i;
        return equal;
    }

    private static ulong OneByOne(ReadOnlySpan<byte> block, byte wanted)
    {
        var equal = 0UL;
        for (var i = 0; i < block.Length; i++)
            if (block[i] == wanted)
                equal |= 1UL << i;
        return equal;
    }
}
