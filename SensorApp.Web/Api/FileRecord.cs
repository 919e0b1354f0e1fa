namespace SensorApp.Web.Api;

/// <summary>One uploaded file as <c>GET /files</c> and <c>GET /files/{file_id}</c> tell it. Counts are null until the file is finished.</summary>
public sealed record FileRecord
{
    public required string FileId { get; init; }

    /// <summary>One of <see cref="FileStatuses"/>.</summary>
    public required string Status { get; init; }

    /// <summary>As uploaded: for display only, may hold any character.</summary>
    public string Filename { get; init; } = "";

    /// <summary>Bytes as uploaded.</summary>
    public long? Size { get; init; }

    public string? Sha256 { get; init; }

    public DateTimeOffset UploadTime { get; init; }

    public DateTimeOffset? StartedTime { get; init; }

    /// <summary>When the file was finished.</summary>
    public DateTimeOffset? ProcessingTime { get; init; }

    public long? TotalRows { get; init; }

    public long? ValidRows { get; init; }

    public long? InvalidRows { get; init; }

    public IReadOnlyDictionary<string, long>? ErrorsByReason { get; init; }

    /// <summary>The zone in which times without one were read; null: UTC.</summary>
    public string? Timezone { get; init; }

    /// <summary>More invalid rows than this fail the file: rows, or a share such as <c>5%</c>; null: any number is fine.</summary>
    public string? MaxInvalid { get; init; }

    public FileFault? Error { get; init; }

    public FileProgress? Progress { get; init; }

    public bool IsFinished => FileStatuses.IsFinal(Status);

    /// <summary>From the start of work, or from the upload where the start was too short ago to be recorded, to the end; null before it.</summary>
    public TimeSpan? Duration => ProcessingTime - (StartedTime ?? UploadTime);
}

/// <summary>Why a file as a whole failed.</summary>
public sealed record FileFault(string Code, string Message);

/// <summary>How far the work on a file is.</summary>
public sealed record FileProgress(long Rows, long InvalidRows, long Bytes);

/// <summary>One page of files, newest first.</summary>
public sealed record FileList(IReadOnlyList<FileRecord> Files, string? NextCursor);
