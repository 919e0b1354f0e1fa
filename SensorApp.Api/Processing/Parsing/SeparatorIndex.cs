using System.Numerics;
using System.Runtime.CompilerServices;

using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Lists all separators of a chunk, and tells what is between them.</summary>
/// <param name="positions">Where they are listed; becomes longer as needed.</param>
internal ref struct SeparatorIndex(ref int[] positions)
{
    private readonly ref int[] _positions = ref positions;
    private ulong _notGraphic;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public int LineFeeds { get; private set; }

    /// <summary>Whether all bytes but separators are ASCII characters that can be seen: no blanks, no control characters.</summary>
    public readonly bool HasGraphicTextOnly => _notGraphic == 0;

    /// <summary>
    /// Lists the positions in <paramref name="padded"/>, ascending, after a first one just before the text, as if a separator stood there.
    /// False when there is other than plain quoting in the text.
    /// </summary>
    public bool TryFind(byte[] padded, int end, byte delimiter, bool hasQuotes)
    {
        var scan = new SeparatorScan(delimiter, hasQuotes);
        if (_positions.Length < 2 * ByteBlock.Length)
            _positions = new int[2 * ByteBlock.Length];
        _positions[0] = Chunk.Padding - 1;
        (Count, LineFeeds) = (1, 0);
        for (var at = Chunk.Padding; at < end;)
        {
            if (Count + ByteBlock.Length > _positions.Length)
                Array.Resize(ref _positions, _positions.Length * 2);
            var wholeBlocks = Math.Min((end - at) / ByteBlock.Length, (_positions.Length - Count) / ByteBlock.Length);
            var length = wholeBlocks > 0 ? wholeBlocks * ByteBlock.Length : end - at;
            if (hasQuotes || wholeBlocks == 0)
                FindOutsideQuotes(ref padded[at], length, at, ref scan);
            else
                FindAll(ref padded[at], length, at, delimiter);
            at += length;
        }

        return scan.IsPlain && !scan.IsInQuotes;
    }

    /// <summary>Lists the separators of whole blocks without quotes.</summary>
    private void FindAll(ref byte blocks, int length, int firstPosition, byte delimiter)
    {
        ref var positions = ref _positions[Count];
        var (found, lineFeeds, notGraphic) = (0, 0, 0UL);
        for (var at = 0; at < length; at += ByteBlock.Length)
        {
            ref var block = ref Unsafe.Add(ref blocks, at);
            var lineEnds = ByteBlock.Equal(ref block, (byte)'\n');
            var separators = ByteBlock.Equal(ref block, delimiter) | lineEnds;
            notGraphic |= ByteBlock.NotGraphic(ref block) & ~separators;
            Write(separators, firstPosition + at, ref Unsafe.Add(ref positions, found));
            found += BitOperations.PopCount(separators);
            lineFeeds += BitOperations.PopCount(lineEnds);
        }

        Count += found;
        LineFeeds += lineFeeds;
        _notGraphic |= notGraphic;
    }

    /// <summary>Lists the separators of a stretch that may have quotes or end within a block.</summary>
    private void FindOutsideQuotes(ref byte text, int length, int firstPosition, ref SeparatorScan scan)
    {
        for (var at = 0; at < length; at += ByteBlock.Length)
        {
            ref var block = ref Unsafe.Add(ref text, at);
            var counted = length - at < ByteBlock.Length ? (1UL << (length - at)) - 1 : ulong.MaxValue;
            var separators = scan.Next(ref block, counted, out var lineEnds);
            _notGraphic |= ByteBlock.NotGraphic(ref block) & counted & ~separators;
            Write(separators, firstPosition + at, ref _positions[Count]);
            Count += BitOperations.PopCount(separators);
            LineFeeds += BitOperations.PopCount(lineEnds);
        }
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
