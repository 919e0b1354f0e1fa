namespace SensorApp.Api.Storage.Aws;

/// <summary>One answer to a read: the bytes from an offset to the end.</summary>
internal sealed record OpenedRange(Stream Body, long Length, string ETag, Func<Exception, BlobStorageException> Translate);

/// <summary>
/// A download that outlives its connection: when the body is cut off or stalls, the rest is asked for by range, on condition
/// that it is still the same version. The resilience handler cannot do this: it is done once the headers are in.
/// </summary>
internal sealed class ResumingStream(
    OpenedRange first, Func<long, string, CancellationToken, Task<OpenedRange>> resumeAsync, TimeProvider clock) : Stream
{
    // So many cuts in a row without a byte between them are an outage.
    private const int MostCutsInARow = 5;
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(10);

    private readonly long _length = first.Length;
    private OpenedRange _current = first;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _position == _length)
        {
            return 0;
        }

        for (var cuts = 0; ; cuts++)
        {
            var failure = await TryReadAsync(buffer, cancellationToken);

            if (failure.Cause is null)
            {
                _position += failure.Count;
                return failure.Count;
            }

            if (cuts == MostCutsInARow)
            {
                throw _current.Translate(failure.Cause);
            }

            await _current.Body.DisposeAsync();
            _current = await resumeAsync(_position, _current.ETag, cancellationToken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current.Body.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<(int Count, Exception? Cause)> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(StallLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);

        try
        {
            var count = await _current.Body.ReadAsync(buffer, either.Token);
            return count > 0 ? (count, null) : (0, new EndOfStreamException($"The body ended after {_position} of {_length} bytes."));
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException || (cut is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (0, cut);
        }
    }
}
