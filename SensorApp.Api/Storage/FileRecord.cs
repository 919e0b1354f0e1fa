using SensorApp.Api.Processing;

namespace SensorApp.Api.Storage;

/// <summary>What the table knows of one file.</summary>
public sealed record FileRecord
{
    public required string FileId { get; init; }

    public required FileStatus Status { get; init; }

    /// <summary>As uploaded; for display only, never a path.</summary>
    public required string Filename { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Bytes as uploaded; 0 while they are still arriving.</summary>
    public long Size { get; init; }

    /// <summary>Lower-case hex of the bytes as uploaded; null while they are still arriving.</summary>
    public string? Sha256 { get; init; }

    public required DateTimeOffset UploadTime { get; init; }

    /// <summary>When the attempt began that is under way or brought the file to its end.</summary>
    public DateTimeOffset? StartedTime { get; init; }

    /// <summary>When the file reached its final status.</summary>
    public DateTimeOffset? ProcessingTime { get; init; }

    public long? TotalRows { get; init; }

    public long? ValidRows { get; init; }

    public long? InvalidRows { get; init; }

    public IReadOnlyDictionary<string, long>? ErrorsByReason { get; init; }

    public FileError? Error { get; init; }

    /// <summary>Attempts that counted: crashes and errors of the file itself.</summary>
    public int Attempts { get; init; }

    /// <summary>Times it was given back uncounted since the last counted attempt; the next delay grows with it.</summary>
    public int Deferrals { get; init; }

    /// <summary>Why the last attempt ended without a result.</summary>
    public string? LastReason { get; init; }

    /// <summary>The lease in force; in a final status, the lease that published.</summary>
    public string? LeaseId { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Every lease ever issued: result documents may lie under any of them.</summary>
    public IReadOnlyList<string> LeaseIds { get; init; } = [];

    /// <summary>Last sign of life of an upload in parts.</summary>
    public DateTimeOffset? Heartbeat { get; init; }

    public FileProgress? Progress { get; init; }

    public required string BlobKey { get; init; }

    /// <summary>The upload in parts, until it is complete.</summary>
    public string? MultipartId { get; init; }

    public StoredResults? Results { get; init; }

    /// <summary>W3C trace parent of the request that uploaded the file.</summary>
    public string? TraceContext { get; init; }

    /// <summary>IANA name given with the upload; null: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Rows or percent as given with the upload.</summary>
    public string? MaxInvalid { get; init; }

    /// <summary>When somebody must look at the file next; null: never.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>The result document: its bytes where they are few, else the blob that holds them. Exactly one is set.</summary>
public sealed record StoredResults(byte[]? Inline, string? Key)
{
    /// <summary>Largest document kept in the record itself.</summary>
    public const int InlineLimit = 64 * 1024;
}
