namespace SensorApp.Api.Storage;

/// <summary>A file that is due, as the index last saw it: claiming is conditional on the lease seen here.</summary>
public sealed record DueFile(string FileId, FileStatus Status, string? LeaseId, int Attempts, long Size)
{
    /// <summary>Since when somebody should look at it.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>W3C trace parent of the request that uploaded the file; null where none was recorded.</summary>
    public string? TraceContext { get; init; }

    /// <summary>Partitions of the index, so that writes spread.</summary>
    public const int Shards = 4;
}
