namespace SensorApp.Api.Processing.Reading;

/// <summary>Sees from the first bytes what a file is: gzip or not, UTF-8 or UTF-16.</summary>
internal static class TextSource
{
    private static readonly byte[] GzipMagic = [0x1F, 0x8B];
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];
    private static readonly byte[] Utf16LittleEndianMark = [0xFF, 0xFE];
    private static readonly byte[] Utf16BigEndianMark = [0xFE, 0xFF];

    /// <summary>The file's text as UTF-8 without a byte order mark, valid or not. The stream returned owns <paramref name="file"/>.</summary>
    public static async ValueTask<Stream> OpenAsync(Stream file, long maxInflatedBytes, CancellationToken cancellationToken)
    {
        var start = await PeekAsync(file, GzipMagic.Length, cancellationToken);
        Stream text = new SplicedStream(start, file, default);
        if (start.AsSpan().SequenceEqual(GzipMagic))
            text = new InflatingStream(text, maxInflatedBytes);

        var mark = await PeekAsync(text, Utf8Mark.Length, cancellationToken);
        if (mark.AsSpan().StartsWith(Utf8Mark))
            return text;
        if (mark.AsSpan().StartsWith(Utf16LittleEndianMark))
            return new Utf16Stream(new SplicedStream(mark.AsMemory(2), text, default), bigEndian: false);
        if (mark.AsSpan().StartsWith(Utf16BigEndianMark))
            return new Utf16Stream(new SplicedStream(mark.AsMemory(2), text, default), bigEndian: true);
        return new SplicedStream(mark, text, default);
    }

    private static async ValueTask<byte[]> PeekAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        var read = await stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellationToken);
        return bytes[..read];
    }
}
