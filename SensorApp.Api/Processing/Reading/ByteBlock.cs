using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SensorApp.Api.Processing.Reading;

/// <summary>Compares 64 bytes at a time, with the widest vectors the machine has or with none; the answer is one bit a byte, the first the lowest.</summary>
internal static class ByteBlock
{
    public const int Length = 64;

    private const byte FirstGraphic = (byte)'!';
    private const byte Delete = 0x7F;

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

    /// <summary>The bytes that are not printable ASCII other than the blank (0x21 to 0x7E).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotGraphic(ref byte block)
    {
        // Without such wide vectors the two halves of each are done one after the other.
        if (Vector128.IsHardwareAccelerated)
            return NotGraphicHalf(ref block) | ((ulong)NotGraphicHalf(ref Unsafe.Add(ref block, Length / 2)) << (Length / 2));
        return NotGraphicOneByOne(MemoryMarshal.CreateReadOnlySpan(ref block, Length));
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

    // As signed numbers, all bytes beyond ASCII are below the first graphic one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NotGraphicHalf(ref byte block)
    {
        var bytes = Vector256.LoadUnsafe(ref block).AsSByte();
        return (Vector256.LessThan(bytes, Vector256.Create((sbyte)FirstGraphic)) | Vector256.Equals(bytes, Vector256.Create((sbyte)Delete))).ExtractMostSignificantBits();
    }

    private static ulong NotGraphicOneByOne(ReadOnlySpan<byte> block)
    {
        var found = 0UL;
        for (var i = 0; i < block.Length; i++)
            if (block[i] is < FirstGraphic or >= Delete)
                found |= 1UL << i;
        return found;
    }
}
