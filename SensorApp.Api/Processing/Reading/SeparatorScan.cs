using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Reading;

/// <summary>Tells separators from delimiters and line feeds inside quotes, block by block from the start of a chunk.</summary>
/// <remarks>
/// It understands plain quoting: a quote at the start of a field, one at its end, none and no line feed between. That is what programs
/// write whose fields need no quotes. Whatever else has quotes in it is for <see cref="RecordScanner"/> and Sylvan.
/// </remarks>
/// <param name="delimiter">The file's.</param>
/// <param name="hasQuotes">False: the text is known to have none, and nothing is looked for.</param>
internal ref struct SeparatorScan(byte delimiter, bool hasQuotes)
{
    // What the last byte of the block before was: a separator stands before the first.
    private ulong _inQuotes;
    private ulong _afterSeparator = 1;
    private ulong _afterClosing;

    /// <summary>Whether all quoting so far was plain.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>Whether a quote is open at the end of the last block.</summary>
    public readonly bool IsInQuotes => _inQuotes != 0;

    /// <summary>The block's separators, and which of them are line feeds. A block of bytes and one more must be readable; those not in <paramref name="counted"/> are passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next(ref byte block, ulong counted, out ulong lineFeeds)
    {
        lineFeeds = ByteBlock.Equal(ref block, (byte)'\n') & counted;
        var separators = (ByteBlock.Equal(ref block, delimiter) & counted) | lineFeeds;
        return hasQuotes ? OutsideQuotes(ref block, separators, lineFeeds, counted) : separators;
    }

    private ulong OutsideQuotes(ref byte block, ulong separators, ulong lineFeeds, ulong counted)
    {
        var quotes = ByteBlock.Equal(ref block, (byte)'"') & counted;
        var inside = OpenAfterEach(quotes) ^ _inQuotes;
        var outside = separators & ~inside;
        var opening = quotes & inside;
        var closing = quotes & ~inside;
        var behindClosing = (closing << 1) | _afterClosing;
        var wrong = (opening & ~((outside << 1) | _afterSeparator))
            | (lineFeeds & inside)
            | (behindClosing & counted & ~outside & ~LineBreaks(ref block, behindClosing & ~outside));
        IsPlain &= wrong == 0;
        _inQuotes = (ulong)((long)inside >> 63);
        _afterSeparator = outside >> 63;
        _afterClosing = closing >> 63;
        return outside;
    }

    /// <summary>The carriage returns among the bytes given that a line feed follows.</summary>
    private static ulong LineBreaks(ref byte block, ulong wanted)
    {
        const int CarriageReturnAndLineFeed = '\r' | ('\n' << 8);
        var found = 0UL;
        for (; wanted != 0; wanted &= wanted - 1)
        {
            var at = System.Numerics.BitOperations.TrailingZeroCount(wanted);
            if ((Unsafe.Add(ref block, at) | (Unsafe.Add(ref block, at + 1) << 8)) == CarriageReturnAndLineFeed)
                found |= 1UL << at;
        }

        return found;
    }

    // Each bit is set when an odd number of quotes is at or below it.
    private static ulong OpenAfterEach(ulong quotes)
    {
        for (var shift = 1; shift < ByteBlock.Length; shift *= 2)
            quotes ^= quotes << shift;
        return quotes;
    }
}
