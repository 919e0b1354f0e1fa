namespace SensorApp.Api.Processing.Reading;

/// <summary>A stream between two runs of bytes: those that were read from it to see what it is, and perhaps some to follow it.</summary>
internal sealed class SplicedStream(ReadOnlyMemory<byte> before, Stream source, ReadOnlyMemory<byte> after) : ForwardStream(source)
{
    private ReadOnlyMemory<byte> _before = before;
    private ReadOnlyMemory<byte> _after = after;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_before.IsEmpty)
            return Take(ref _before, buffer);
        var read = await Source.ReadAsync(buffer, cancellationToken);
        return read > 0 || buffer.IsEmpty ? read : Take(ref _after, buffer);
    }

    private static int Take(ref ReadOnlyMemory<byte> bytes, Memory<byte> buffer)
    {
        var count = Math.Min(bytes.Length, buffer.Length);
        bytes[..count].CopyTo(buffer);
        bytes = bytes[count..];
        return count;
    }
}
