using SensorApp.Api.Processing;

namespace SensorApp.Api.Storage;

/// <summary>A conditional change of one record: all of it happens or none. What is null stays as it is; what <see cref="Clear"/> names goes.</summary>
public sealed record FileChange(string FileId)
{
    /// <summary>The change holds only while the status is one of these.</summary>
    public required IReadOnlyList<FileStatus> WhenStatus { get; init; }

    /// <summary>The change holds only while this lease is in force.</summary>
    public string? WhenLeaseId { get; init; }

    /// <summary>The change holds only while no lease is in force.</summary>
    public bool WhenUnleased { get; init; }

    /// <summary>The change holds only while the file is due at this time: a lease that was renewed since it was seen is not the lease seen.</summary>
    public DateTimeOffset? WhenDueAt { get; init; }

    /// <summary>The change holds only while the heartbeat is older.</summary>
    public DateTimeOffset? WhenHeartbeatBefore { get; init; }

    public FileStatus? Status { get; init; }

    public long? Size { get; init; }

    public string? Sha256 { get; init; }

    public DateTimeOffset? UploadTime { get; init; }

    public DateTimeOffset? StartedTime { get; init; }

    public DateTimeOffset? ProcessingTime { get; init; }

    public long? TotalRows { get; init; }

    public long? ValidRows { get; init; }

    public long? InvalidRows { get; init; }

    public IReadOnlyDictionary<string, long>? ErrorsByReason { get; init; }

    public FileError? Error { get; init; }

    public int? Attempts { get; init; }

    public int? Deferrals { get; init; }

    public string? LastReason { get; init; }

    /// <summary>The new lease; it is also added to the leases ever issued, unless it is in force already.</summary>
    public string? NewLeaseId { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    public DateTimeOffset? Heartbeat { get; init; }

    public FileProgress? Progress { get; init; }

    public StoredResults? Results { get; init; }

    public string? TimeZone { get; init; }

    public string? MaxInvalid { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public IReadOnlyList<FileField> Clear { get; init; } = [];
}

/// <summary>What a <see cref="FileChange"/> can take away.</summary>
public enum FileField
{
    /// <summary>Nobody needs to look at the file any more.</summary>
    Due,

    /// <summary>The file is no longer listed.</summary>
    Listing,
    Lease,
    LeaseUntil,
    Progress,
    StartedTime,
    Heartbeat,
    Multipart,

    /// <summary>Counts, reasons, error, completion time and results document.</summary>
    Outcome,
    LastReason,
}
