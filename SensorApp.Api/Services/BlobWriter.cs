using System.Buffers;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services;

/// <summary>
/// Writes one blob of unknown length in bounded memory: in one piece if it fits into a part, else part by part.
/// Dispose it in any case; what is not complete by then is the caller's to remove.
/// </summary>
/// <param name="blobs">Where the blob goes.</param>
/// <param name="key">Its key.</param>
/// <param name="partBytes">Bytes a part.</param>
/// <param name="budget">Memory for parts; asked once, as soon as the blob outgrows its first segment.</param>
/// <param name="onPartsBegun">Told the id of the upload in parts before the first part is sent.</param>
public sealed class BlobWriter(
    IBlobStore blobs, string key, int partBytes, ByteBudget budget, Func<string, CancellationToken, Task>? onPartsBegun = null) : Stream
{
    private readonly SegmentBuffer _buffer = new();
    private readonly List<BlobPart> _parts = [];
    private ByteReservation? _reservation;
    private long _sent;

    /// <summary>The upload in parts; null while one piece may do.</summary>
    public string? PartsId { get; private set; }

    /// <summary>What is buffered and not sent; all of the blob as long as <see cref="PartsId"/> is null.</summary>
    public ReadOnlySequence<byte> Buffered => _buffer.ToSequence();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _sent + _buffer.Length;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Room to fill next; say how much was filled with <see cref="Advance"/>.</summary>
    public async ValueTask<Memory<byte>> GetMemoryAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Length >= SegmentBuffer.SegmentBytes && _reservation is null)
        {
            // Where the SDK sends a part, it is held a second time so that it can be sent again.
            _reservation = await budget.ReserveAsync(2L * partBytes, cancellationToken);
        }

        if (_buffer.Length >= partBytes)
        {
            await SendPartAsync(cancellationToken);
        }

        return _buffer.GetMemory();
    }

    public void Advance(int count) => _buffer.Advance(count);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var room = await GetMemoryAsync(cancellationToken);
            var count = Math.Min(room.Length, buffer.Length);
            buffer[..count].CopyTo(room);
            Advance(count);
            buffer = buffer[count..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Makes the blob durable. The buffered bytes stay readable until they are taken or disposed.</summary>
    /// <param name="sha256">The SHA-256 of the whole blob in lower-case hexadecimal, where the caller knows it: a blob in one piece is then not hashed again.</param>
    /// <param name="cancellationToken">Ends the wait; the blob may still become durable.</param>
    public async Task CompleteAsync(string? sha256, CancellationToken cancellationToken)
    {
        if (PartsId is not { } uploadId)
        {
            await blobs.PutAsync(key, Buffered, sha256, cancellationToken);
            return;
        }

        await SendPartAsync(cancellationToken);
        await blobs.CompletePartsAsync(key, uploadId, _parts, cancellationToken);
        LetGo();
    }

    /// <summary>Hands over the bytes of a complete blob that fits into a segment, in an array of the shared pool. Nothing is left here, not even the length.</summary>
    public ArraySegment<byte> Take() => _buffer.Take();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write it asynchronously.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            LetGo();
        }

        base.Dispose(disposing);
    }

    private async Task SendPartAsync(CancellationToken cancellationToken)
    {
        if (PartsId is null)
        {
            PartsId = await blobs.BeginPartsAsync(key, cancellationToken);

            if (onPartsBegun is not null)
            {
                await onPartsBegun(PartsId, cancellationToken);
            }
        }

        _parts.Add(await blobs.PutPartAsync(key, PartsId, _parts.Count + 1, Buffered, cancellationToken));
        _sent += _buffer.Length;
        _buffer.Clear();
    }

    private void LetGo()
    {
        _buffer.Dispose();
        _reservation?.Dispose();
        _reservation = null;
    }
}
