using System.Numerics;
using System.Runtime.CompilerServices;

using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Lists all separators of a chunk.</summary>
internal static class SeparatorIndex
{
    /// <summary>
    /// Writes the positions in <paramref name="padded"/>, ascending, after a first one just before the text, as if a separator stood there;
    /// returns how many, and how many of them are line feeds. Minus one when there is other than plain quoting in the text.
    /// </summary>
    public static int Find(byte[] padded, int end, byte delimiter, bool hasQuotes, ref int[] positions, out int lineFeeds)
    {
        var scan = new SeparatorScan(delimiter, hasQuotes);
        var count = 1;
        lineFeeds = 0;
        if (positions.Length < 2 * ByteBlock.Length)
            positions = new int[2 * ByteBlock.Length];
        positions[0] = Chunk.Padding - 1;
        for (var at = Chunk.Padding; at < end;)
        {
            if (count + ByteBlock.Length > positions.Length)
                Array.Resize(ref positions, positions.Length * 2);
            var wholeBlocks = Math.Min((end - at) / ByteBlock.Length, (positions.Length - count) / ByteBlock.Length);
            var stop = wholeBlocks > 0 ? at + (wholeBlocks * ByteBlock.Length) : end;
            count += hasQuotes || wholeBlocks == 0
                ? FindOutsideQuotes(padded.AsSpan(at), stop - at, at, ref scan, ref positions[count], ref lineFeeds)
                : FindAll(padded.AsSpan(at, stop - at), at, delimiter, ref positions[count], ref lineFeeds);
            at = stop;
        }

        return scan.IsPlain && !scan.IsInQuotes ? count : -1;
    }

    /// <summary>The separators of whole blocks without quotes; returns how many.</summary>
    private static int FindAll(ReadOnlySpan<byte> blocks, int firstPosition, byte delimiter, ref int positions, ref int lineFeeds)
    {
        ref var first = ref Unsafe.AsRef(in blocks[0]);
        ref var next = ref positions;
        var (found, lines) = (0, 0);
        for (var at = 0; at < blocks.Length; at += ByteBlock.Length)
        {
            ref var block = ref Unsafe.Add(ref first, at);
            var lineEnds = ByteBlock.Equal(ref block, (byte)'\n');
            var separators = ByteBlock.Equal(ref block, delimiter) | lineEnds;
            Write(separators, firstPosition + at, ref Unsafe.Add(ref next, found));
            found += BitOperations.PopCount(separators);
            lines += BitOperations.PopCount(lineEnds);
        }

        lineFeeds += lines;
        return found;
    }

    /// <summary>The separators of a stretch that may have quotes or end within a block; returns how many.</summary>
    private static int FindOutsideQuotes(Span<byte> text, int length, int firstPosition, ref SeparatorScan scan, ref int positions, ref int lineFeeds)
    {
        var found = 0;
        for (var at = 0; at < length; at += ByteBlock.Length)
        {
            var counted = length - at < ByteBlock.Length ? (1UL << (length - at)) - 1 : ulong.MaxValue;
            var separators = scan.Next(ref text[at], counted, out var lineEnds);
            Write(separators, firstPosition + at, ref Unsafe.Add(ref positions, found));
            found += BitOperations.PopCount(separators);
            lineFeeds += BitOperations.PopCount(lineEnds);
        }

        return found;
    }

    // Most blocks hold few separators: those are written without a branch for each, and what is too many is overwritten.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ulong separators, int at, ref int positions)
    {
        positions = at + BitOperations.TrailingZeroCount(separators);
        separators &= separators - 1;
        Unsafe.Add(ref positions, 1) = at + BitOperations.TrailingZeroCount(separators);
        separators &= separators - 1;
        Unsafe.Add(ref positions, 2) = at + BitOperations.TrailingZeroCount(separators);
        separators &= separators - 1;
        Unsafe.Add(ref positions, 3) = at + BitOperations.TrailingZeroCount(separators);
        separators &= separators - 1;
        Unsafe.Add(ref positions, 4) = at + BitOperations.TrailingZeroCount(separators);
        separators &= separators - 1;
        Unsafe.Add(ref positions, 5) = at + BitOperations.TrailingZeroCount(separators);
        separators &= separators - 1;
        if (separators != 0)
            WriteRest(separators, at, ref Unsafe.Add(ref positions, 6));
    }

    private static void WriteRest(ulong separators, int at, ref int positions)
    {
        for (var i = 0; separators != 0; i++)
        {
            Unsafe.Add(ref positions, i) = at + BitOperations.TrailingZeroCount(separators);
            separators &= separators - 1;
        }
    }
}
