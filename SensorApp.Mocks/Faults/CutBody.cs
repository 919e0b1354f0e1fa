namespace SensorApp.Mocks.Faults;

/// <summary>
/// An answer's body that breaks off in the middle: half of what is written first goes out, and nothing after it. As the
/// answer is then shorter than its Content-Length, Kestrel closes the connection once that half is on its way; aborting
/// the connection here instead could overtake it.
/// </summary>
internal sealed class CutBody(Stream body) : Stream
{
    /// <summary>Whether a part of an answer was sent.</summary>
    public bool HasCut { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (HasCut)
            return;

        HasCut = true;
        await body.WriteAsync(buffer[..(buffer.Length / 2)], cancellationToken);
        await body.FlushAsync(cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
