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
        var count = 0;
        lineFeeds = 0;
        if (positions.Length < 2 * ByteBlock.Length)
            positions = new int[2 * ByteBlock.Length];
        positions[count++] = Chunk.Padding - 1;
        for (var at = Chunk.Padding; at < end; at += ByteBlock.Length)
        {
            if (count + ByteBlock.Length > positions.Length)
                Array.Resize(ref positions, positions.Length * 2);
            var counted = end - at < ByteBlock.Length ? (1UL << (end - at)) - 1 : ulong.MaxValue;
            var separators = scan.Next(ref padded[at], counted, out var lineEnds);
            Write(separators, at, ref positions[count]);
            count += BitOperations.PopCount(separators);
            lineFeeds += BitOperations.PopCount(lineEnds);
        }

        return scan.IsPlain && !scan.IsInQuotes ? count : -1;
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
}
