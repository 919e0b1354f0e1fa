namespace SensorApp.Api.Processing.Documents;

/// <summary>A document that is in memory as a whole, as those kept in the metadata item are.</summary>
public sealed class MemoryRangeReader(ReadOnlyMemory<byte> document) : IRangeReader
{
    public long Length => document.Length;

    public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        document.Slice((int)offset, destination.Length).CopyTo(destination);
        return ValueTask.CompletedTask;
    }
}
