using System.Numerics;

namespace SensorApp.Api.Processing.Reading;

/// <summary>Cuts a file's text into chunks at record ends, whatever the sizes of the pieces it is read in. Used by one file's pump.</summary>
/// <param name="text">UTF-8, valid or not; not owned.</param>
/// <param name="chunkBytes">Aimed at; a chunk is longer only where one record is.</param>
internal sealed class ChunkCutter(Stream text, int chunkBytes)
{
    // Enough to see that a record is too long, with its line break and the byte behind a closing quote.
    private const int LongestRecord = RecordScanner.MaxRecordBytes + 8;

    // Rows read together with the header are copied into the first chunk: reading little of them keeps that from being all of a small file.
    private const int HeaderChunkBytes = 1024;

    private Chunk? _carried;
    private bool _ended;
    private bool _skipsLine;
    private int _sequence;

    /// <summary>Reads up to the first rows and returns what the header says; the rows come with the chunks.</summary>
    /// <exception cref="FileFailedException">The file has no header that can be used.</exception>
    public async ValueTask<HeaderLine> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var chunk = new Chunk(Math.Min(chunkBytes, HeaderChunkBytes));
        try
        {
            while (true)
            {
                await FillAsync(chunk, cancellationToken);
                if (HeaderReader.Read(chunk.Text, _ended || chunk.Length > LongestRecord) is { } header)
                {
                    Carry(chunk.Text[header.Next..]);
                    return header;
                }

                chunk = Enlarge(chunk);
            }
        }
        finally
        {
            chunk.Dispose();
        }
    }

    /// <summary>The next chunk, which is the caller's to dispose; null at the end.</summary>
    public async ValueTask<Chunk?> NextAsync(byte delimiter, CancellationToken cancellationToken)
    {
        var chunk = TakeCarried();
        try
        {
            while (true)
            {
                await FillAsync(chunk, cancellationToken);
                if (!SkipLine(chunk))
                    continue;
                if (chunk.Length == 0)
                {
                    chunk.Dispose();
                    return null;
                }

                var cut = Cut(chunk, delimiter);
                if (cut > 0)
                    return Finish(chunk, cut);
                chunk = Enlarge(chunk);
            }
        }
        catch
        {
            chunk.Dispose();
            throw;
        }
    }

    /// <summary>Whether the chunk last returned was the end of the file.</summary>
    public bool IsAtEnd => _ended && _carried is null;

    /// <summary>Gives back what is still held.</summary>
    public void Abandon() => _carried?.Dispose();

    private async ValueTask FillAsync(Chunk chunk, CancellationToken cancellationToken)
    {
        while (!_ended && chunk.Free.Length > 0)
        {
            var read = await text.ReadAsync(chunk.Free, cancellationToken);
            chunk.Length += read;
            _ended = read == 0;
        }
    }

    /// <summary>Drops what is left of a line that was too long; false when its end is not in the chunk, which is then empty.</summary>
    private bool SkipLine(Chunk chunk)
    {
        if (!_skipsLine)
            return true;
        var lineFeed = chunk.Text.IndexOf((byte)'\n');
        if (lineFeed < 0 && !_ended)
        {
            chunk.Length = 0;
            return false;
        }

        _skipsLine = false;
        chunk.RemoveStart(lineFeed < 0 ? chunk.Length : lineFeed + 1);
        return !chunk.Text.IsEmpty || _ended;
    }

    /// <summary>Length of the whole records at the start of the chunk; 0 when not even one is whole.</summary>
    private int Cut(Chunk chunk, byte delimiter)
    {
        var text = chunk.Text;
        chunk.HasQuotes = text.Contains((byte)'"');
        if (_ended)
            return text.Length;
        var cut = chunk.HasQuotes ? CutQuoted(chunk, delimiter) : text.LastIndexOf((byte)'\n') + 1;
        if (cut == 0 && text.Length >= LongestRecord)
            cut = RecordScanner.Next(text, 0, delimiter, isLast: false).Next;
        _skipsLine = cut == text.Length && text[^1] != '\n';
        return cut;
    }

    private static int CutQuoted(Chunk chunk, byte delimiter) =>
        TryCutPlain(chunk, delimiter, out var cut) ? cut : CutByRecord(chunk.Text, delimiter);

    /// <summary>Cuts behind the last line feed outside quotes; false when quoting is not plain, or a record may be too long.</summary>
    private static bool TryCutPlain(Chunk chunk, byte delimiter, out int cut)
    {
        var scan = new SeparatorScan(delimiter, hasQuotes: true);
        cut = 0;
        for (var at = 0; at < chunk.Length && scan.IsPlain; at += ByteBlock.Length)
        {
            var counted = chunk.Length - at < ByteBlock.Length ? (1UL << (chunk.Length - at)) - 1 : ulong.MaxValue;
            var lineFeeds = scan.Next(ref chunk.Padded[Chunk.Padding + at], counted, out var all) & all;
            if (lineFeeds != 0)
                cut = at + BitOperations.Log2(lineFeeds) + 1;
        }

        return scan.IsPlain && chunk.Length <= RecordScanner.MaxRecordBytes;
    }

    private static int CutByRecord(ReadOnlySpan<byte> text, byte delimiter)
    {
        var cut = 0;
        while (cut < text.Length)
        {
            var record = RecordScanner.Next(text, cut, delimiter, isLast: false);
            if (record.State == RecordState.Incomplete)
                break;
            cut = record.Next;
        }

        return cut;
    }

    private Chunk Finish(Chunk chunk, int cut)
    {
        if (cut < chunk.Length)
            Carry(chunk.Text[cut..]);
        chunk.Length = cut;
        chunk.Sequence = _sequence++;
        return chunk;
    }

    private void Carry(ReadOnlySpan<byte> rest)
    {
        _carried = new Chunk(Math.Max(chunkBytes, rest.Length + (2 * Chunk.Padding)));
        _carried.Append(rest);
    }

    private Chunk TakeCarried()
    {
        var chunk = _carried ?? new Chunk(chunkBytes);
        _carried = null;
        return chunk;
    }

    private static Chunk Enlarge(Chunk chunk)
    {
        var larger = new Chunk(Math.Max(Math.Min(LongestRecord, chunk.Capacity * 2), chunk.Capacity + 1) + (2 * Chunk.Padding));
        larger.Append(chunk.Text);
        chunk.Dispose();
        return larger;
    }
}
