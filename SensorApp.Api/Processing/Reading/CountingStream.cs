namespace SensorApp.Api.Processing.Reading;

/// <summary>Counts the bytes of the uploaded file that have been read, for progress.</summary>
internal sealed class CountingStream(Stream source) : ForwardStream(source)
{
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Source.ReadAsync(buffer, cancellationToken);
        Volatile.Write(ref _count, _count + read);
        return read;
    }
}
