namespace SensorApp.Api.Storage;

/// <summary>A file that is due, as the index last saw it: claiming is conditional on the lease seen here.</summary>
public sealed record DueFile(string FileId, FileStatus Status, string? LeaseId, int Attempts, long Size)
{
    /// <summary>Partitions of the index, so that writes spread.</summary>
    public const int Shards = 4;
}
