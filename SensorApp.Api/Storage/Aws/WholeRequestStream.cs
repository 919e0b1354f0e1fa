using System.Buffers;
using System.Buffers.Text;

namespace SensorApp.Api.Storage.Aws;

/// <summary>
/// Hands a request on in one piece. HttpClient writes its head and what of the body follows in the first 4 KB by themselves, however long it is:
/// one more call to the system, and a server that is woken once more.
/// </summary>
/// <remarks>
/// What comes first says how long the request is, and the rest follows by itself: bodies are in memory, and HttpClient reads no answer before they are
/// written. What has no length, such as a body in chunks, and what is so long that one call more does not matter passes as it comes.
/// </remarks>
/// <param name="connection">Where the requests go and the answers come from; disposed with this.</param>
internal sealed class WholeRequestStream(Stream connection) : Stream
{
    /// <summary>The longest request that is held until it is whole, in bytes.</summary>
    public const int LongestHeldBytes = 128 * 1024;

    private byte[]? _held;
    private int _heldBytes;

    // Of the request that is being written; negative: no longer known, on this connection, where one ends.
    private long _missingBytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => connection.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => connection.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (!TryHold(buffer.AsSpan(offset, count)))
        {
            connection.Write(buffer, offset, count);
        }
        else if (_missingBytes == 0)
        {
            connection.Write(_held!, 0, _heldBytes); // it was held just now
            Release();
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!TryHold(buffer.Span))
        {
            return connection.WriteAsync(buffer, cancellationToken);
        }

        return _missingBytes == 0 ? WriteHeldAsync(cancellationToken) : default;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => connection.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <returns>False when the bytes are to be written as they are.</returns>
    private bool TryHold(ReadOnlySpan<byte> bytes)
    {
        if (_missingBytes == 0)
        {
            _missingBytes = Begin(bytes);
        }

        _missingBytes -= bytes.Length;

        if (_held is null)
        {
            return false;
        }

        bytes.CopyTo(_held.AsSpan(_heldBytes));
        _heldBytes += bytes.Length;
        return true;
    }

    /// <summary>Looks at the beginning of a request, and makes room if it is to be held: when a part of its body is there already, the rest follows at once.</summary>
    /// <returns>How long it is in all; negative when it does not say so.</returns>
    private long Begin(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.IndexOf("\r\n\r\n"u8) + 4;
        var body = head < 4 ? -1 : LengthOfBody(bytes[..head]);

        if (body < 0)
        {
            return -1;
        }

        var length = head + body;

        if (bytes.Length > head && bytes.Length < length && length <= LongestHeldBytes)
        {
            _held = ArrayPool<byte>.Shared.Rent((int)length);
        }

        return length;
    }

    /// <returns>Negative when the head does not say so.</returns>
    private static long LengthOfBody(ReadOnlySpan<byte> head)
    {
        if (head.IndexOf("\r\nTransfer-Encoding: "u8) >= 0)
        {
            return -1;
        }

        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);

        if (at < 0)
        {
            return 0;
        }

        return Utf8Parser.TryParse(head[(at + name.Length)..], out long length, out _) ? length : -1;
    }

    private async ValueTask WriteHeldAsync(CancellationToken cancellationToken)
    {
        // Not released if it fails: a write that was given up may still read from it, and the connection is closed.
        await connection.WriteAsync(_held.AsMemory(0, _heldBytes), cancellationToken);
        Release();
    }

    private void Release()
    {
        ArrayPool<byte>.Shared.Return(_held!); // it was written just now
        (_held, _heldBytes) = (null, 0);
    }
}
