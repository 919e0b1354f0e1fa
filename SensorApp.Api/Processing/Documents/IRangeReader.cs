namespace SensorApp.Api.Processing.Documents;

/// <summary>A stored document of which any range can be read: in memory, or in the blob store. Thread-safe.</summary>
public interface IRangeReader
{
    /// <summary>In bytes.</summary>
    long Length { get; }

    /// <summary>Fills <paramref name="destination"/> with the bytes from <paramref name="offset"/> on; the range lies within the document.</summary>
    ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken);
}
