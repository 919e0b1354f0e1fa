using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Finds all delimiters and line feeds of a chunk, 64 bytes at a time, with the widest vectors the machine has or with none.</summary>
internal sealed class SeparatorIndex
{
    private const int BlockBytes = 64;

    private int[] _positions = new int[16 * 1024];

    /// <summary>
    /// Positions in <paramref name="padded"/>, ascending, after a first one just before <paramref name="start"/>, as if a separator stood there.
    /// A block of bytes behind <paramref name="end"/> must be readable. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<int> Find(byte[] padded, int start, int end, byte delimiter)
    {
        var count = 0;
        _positions[count++] = start - 1;
        for (var at = start; at < end; at += BlockBytes)
        {
            if (count + BlockBytes > _positions.Length)
                Array.Resize(ref _positions, _positions.Length * 2);
            var separators = Separators(ref padded[at], delimiter);
            if (end - at < BlockBytes)
                separators &= (1UL << (end - at)) - 1;
            Write(separators, at, ref _positions[count]);
            count += BitOperations.PopCount(separators);
        }

        return _positions.AsSpan(0, count);
    }

    // Most blocks hold few separators: those are written without a branch for each, and what is too many is overwritten.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ulong separators, int at, ref int positions)
    {
        const int Usual = 6;
        for (var i = 0; i < Usual; i++)
        {
            Unsafe.Add(ref positions, i) = at + BitOperations.TrailingZeroCount(separators);
            separators &= separators - 1;
        }

        for (var i = Usual; separators != 0; i++)
        {
            Unsafe.Add(ref positions, i) = at + BitOperations.TrailingZeroCount(separators);
            separators &= separators - 1;
        }
    }

    /// <summary>One bit a byte of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Separators(ref byte block, byte delimiter)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref block);
            return (Vector512.Equals(bytes, Vector512.Create(delimiter)) | Vector512.Equals(bytes, Vector512.Create((byte)'\n'))).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
            return Half(ref block, delimiter) | ((ulong)Half(ref Unsafe.Add(ref block, 32), delimiter) << 32);
        if (Vector128.IsHardwareAccelerated)
            return Quarters(ref block, delimiter);
        return OneByOne(MemoryMarshal.CreateReadOnlySpan(ref block, BlockBytes), delimiter);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Half(ref byte block, byte delimiter)
    {
        var bytes = Vector256.LoadUnsafe(ref block);
        return (Vector256.Equals(bytes, Vector256.Create(delimiter)) | Vector256.Equals(bytes, Vector256.Create((byte)'\n'))).ExtractMostSignificantBits();
    }

    private static ulong Quarters(ref byte block, byte delimiter)
    {
        var separators = 0UL;
        for (var i = 0; i < BlockBytes; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref block, (nuint)i);
            var found = Vector128.Equals(bytes, Vector128.Create(delimiter)) | Vector128.Equals(bytes, Vector128.Create((byte)'\n'));
            separators |= (ulong)found.ExtractMostSignificantBits() << i;
        }

        return separators;
    }

    private static ulong OneByOne(ReadOnlySpan<byte> block, byte delimiter)
    {
        var separators = 0UL;
        for (var i = 0; i < block.Length; i++)
            if (block[i] == delimiter || block[i] == '\n')
                separators |= 1UL << i;
        return separators;
    }
}
