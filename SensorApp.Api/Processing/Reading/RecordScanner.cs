namespace SensorApp.Api.Processing.Reading;

/// <summary>Where a record lies in a chunk.</summary>
/// <param name="Start">Of its first byte.</param>
/// <param name="End">Behind its last byte, the line break not included.</param>
/// <param name="Next">Where the next record starts.</param>
/// <param name="State">Whether it can be read.</param>
internal readonly record struct RecordSpan(int Start, int End, int Next, RecordState State);

internal enum RecordState : byte
{
    /// <summary>More bytes are needed to know.</summary>
    Incomplete,
    WellFormed,
    QuoteInvalid,
    TooLong,
}

/// <summary>Finds where records end: RFC 4180 with what a service has to add for bad files.</summary>
/// <remarks>
/// A quote opens a quoted field only at the start of a field; elsewhere it is an ordinary character. A quoted field that has text behind
/// its closing quote, or none within the longest record, spoils the record up to the end of the line in which it opens: reading resumes
/// at the line after, so that one missing quote costs one line and not all up to the next quote. A record that is too long ends with the
/// line in which it becomes so. What is decided depends on bytes from the record's start only, never on where chunks are cut.
/// </remarks>
internal static class RecordScanner
{
    /// <summary>Longest record in bytes of UTF-8, without its line break.</summary>
    public const int MaxRecordBytes = 1024 * 1024;

    /// <summary>Scans the record at <paramref name="start"/>; <paramref name="isLast"/>: no bytes follow the chunk, so it is never incomplete.</summary>
    public static RecordSpan Next(ReadOnlySpan<byte> chunk, int start, byte delimiter, bool isLast)
    {
        var at = start;
        while (true)
        {
            var found = chunk[at..].IndexOfAny((byte)'"', (byte)'\n');
            if (found < 0 || at + found - start > MaxRecordBytes + 1)
                return Unended(chunk, start, isLast);
            at += found;
            if (chunk[at] == '\n')
                return Ended(chunk, start, at);
            if (at != start && chunk[at - 1] != delimiter)
            {
                at++;
                continue;
            }

            var opening = at;
            if (!TryClose(chunk, ref at, start, delimiter, isLast))
                return at < chunk.Length || isLast || chunk.Length - start > MaxRecordBytes + 1 ? Spoilt(chunk, start, opening, isLast) : default;
        }
    }

    /// <summary>Moves behind the closing quote. False when it is not there or text follows it (then <paramref name="at"/> is in the chunk), or when the chunk ends before that is known.</summary>
    private static bool TryClose(ReadOnlySpan<byte> chunk, ref int at, int start, byte delimiter, bool isLast)
    {
        for (at++; ; at += 2)
        {
            var found = chunk[at..].IndexOf((byte)'"');
            if (found < 0)
            {
                at = chunk.Length;
                return false;
            }

            at += found;
            if (at - start > MaxRecordBytes)
                return false;
            if (at + 1 < chunk.Length && chunk[at + 1] == '"')
                continue;
            return EndsField(chunk, ref at, delimiter, isLast);
        }
    }

    private static bool EndsField(ReadOnlySpan<byte> chunk, ref int at, byte delimiter, bool isLast)
    {
        var rest = chunk[(at + 1)..];
        if (rest.IsEmpty || (rest.Length == 1 && rest[0] == '\r'))
        {
            at = chunk.Length;
            return isLast;
        }

        if (rest[0] != delimiter && rest[0] != '\n' && !rest.StartsWith("\r\n"u8))
            return false;
        at += rest[0] == '\n' ? 1 : rest[0] == delimiter ? 2 : 1;
        return true;
    }

    private static RecordSpan Ended(ReadOnlySpan<byte> chunk, int start, int lineFeed)
    {
        var end = WithoutCarriageReturn(chunk, start, lineFeed);
        return end - start > MaxRecordBytes
            ? TooLong(chunk, start)
            : new RecordSpan(start, end, lineFeed + 1, RecordState.WellFormed);
    }

    private static RecordSpan Unended(ReadOnlySpan<byte> chunk, int start, bool isLast)
    {
        var end = isLast ? WithoutCarriageReturn(chunk, start, chunk.Length) : chunk.Length - 1;
        if (end - start > MaxRecordBytes)
            return TooLong(chunk, start);
        return isLast ? new RecordSpan(start, end, chunk.Length, RecordState.WellFormed) : default;
    }

    private static RecordSpan Spoilt(ReadOnlySpan<byte> chunk, int start, int opening, bool isLast)
    {
        var lineFeed = chunk[opening..].IndexOf((byte)'\n');
        if (lineFeed < 0 && !isLast && chunk.Length - start <= MaxRecordBytes + 1)
            return default;
        var next = lineFeed < 0 ? chunk.Length : opening + lineFeed;
        var end = WithoutCarriageReturn(chunk, start, next);
        return end - start > MaxRecordBytes
            ? TooLong(chunk, start)
            : new RecordSpan(start, end, Math.Min(next + 1, chunk.Length), RecordState.QuoteInvalid);
    }

    /// <summary>Ends with the line in which the record gets too long, or with the chunk: whoever cut it there skips the rest of the line.</summary>
    private static RecordSpan TooLong(ReadOnlySpan<byte> chunk, int start)
    {
        var limit = start + MaxRecordBytes;
        var lineFeed = chunk[limit..].IndexOf((byte)'\n');
        var end = lineFeed < 0 ? chunk.Length : limit + lineFeed;
        return new RecordSpan(start, end, Math.Min(end + 1, chunk.Length), RecordState.TooLong);
    }

    private static int WithoutCarriageReturn(ReadOnlySpan<byte> chunk, int start, int end) =>
        end > start && chunk[end - 1] == '\r' ? end - 1 : end;
}
