namespace SensorApp.Api.Services.Uploads;

/// <summary>Counts what is read from a body, and ends with a refusal when it is too much. The body stays its owner's.</summary>
public sealed class CountedStream(Stream body, long maxBytes) : Stream
{
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        Count += count;
        return Count <= maxBytes ? count : throw TooLarge(maxBytes);
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

    private static UploadRefusedException TooLarge(long maxBytes) =>
        new(UploadRefusals.FileTooLarge, $"The file is larger than {maxBytes >> 20} MiB, the most that is accepted here (MAX_UPLOAD_MB).");
}
