namespace SensorApp.Api.Processing;

/// <summary>Bounds of the <c>ProcessingGraph</c>; all memory it takes follows from them, not from the size of files.</summary>
public sealed record ProcessingOptions
{
    /// <summary>Chunks parsed at once; default: one a processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes a chunk, at least one record: 64 KiB to 4 MiB.</summary>
    public int ChunkBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes that the aggregation tables of all files may take together; files wait when it is spent.</summary>
    public long MaxAggregationBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Bytes that a gzip file may inflate to.</summary>
    public long MaxInflatedBytes { get; init; } = 100L * 1024 * 1024 * 1024;
}
