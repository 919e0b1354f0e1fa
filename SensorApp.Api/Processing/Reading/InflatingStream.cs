using System.IO.Compression;

namespace SensorApp.Api.Processing.Reading;

/// <summary>Inflates gzip of one or more members, up to a limit, and notices a file that is cut off.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes the end of its source for the end of the data, wherever that is. So a further member with known
/// content follows the source: it comes out whole at the end if, and only if, the source ended where a member ends.
/// </remarks>
internal sealed class InflatingStream : ForwardStream
{
    private const int BufferBytes = 64 * 1024;

    private static readonly byte[] EndMark = "\0end of the file\0"u8.ToArray();
    private static readonly byte[] EndMember = Deflate(EndMark);

    private readonly long _maxBytes;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private ReadOnlyMemory<byte> _ready;
    private int _held;
    private int _released;
    private long _total;

    public InflatingStream(Stream compressed, long maxBytes)
        : base(new GZipStream(new SplicedStream(default, compressed, EndMember), CompressionMode.Decompress)) => _maxBytes = maxBytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ready.IsEmpty && !await InflateAsync(cancellationToken))
            return 0;
        var count = Math.Min(_ready.Length, buffer.Length);
        _ready[..count].CopyTo(buffer);
        _ready = _ready[count..];
        return count;
    }

    /// <summary>Inflates some more, holding back as many bytes at the end as the end mark has; false at the end of the file.</summary>
    private async ValueTask<bool> InflateAsync(CancellationToken cancellationToken)
    {
        KeepHeld();
        while (true)
        {
            var read = await ReadInflatedAsync(_buffer.AsMemory(_held), cancellationToken);
            if (read == 0)
                return _buffer.AsSpan(0, _held).SequenceEqual(EndMark) ? false : throw Corrupt();

            var filled = _held + read;
            if (filled <= EndMark.Length)
            {
                _held = filled;
                continue;
            }

            Release(filled);
            return true;
        }
    }

    /// <summary>The bytes held back stay behind those just handed out until more is inflated.</summary>
    private void KeepHeld()
    {
        if (_released > 0)
            _buffer.AsSpan(_released, _held).CopyTo(_buffer);
        _released = 0;
    }

    private void Release(int filled)
    {
        _released = filled - EndMark.Length;
        _held = EndMark.Length;
        _ready = _buffer.AsMemory(0, _released);
        _total += _released;
        if (_total > _maxBytes)
            throw new FileFailedException(FileErrorCodes.InflatedTooLarge, $"The gzip file inflates to more than {_maxBytes} bytes, which is the limit.");
    }

    private async ValueTask<int> ReadInflatedAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await Source.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw Corrupt();
        }
    }

    private static FileFailedException Corrupt() =>
        new(FileErrorCodes.GzipCorrupt, "The file begins like gzip but cannot be inflated to its end: it is damaged, cut off, or followed by other data.");

    private static byte[] Deflate(byte[] content)
    {
        var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Fastest))
            gzip.Write(content);
        return member.ToArray();
    }
}
