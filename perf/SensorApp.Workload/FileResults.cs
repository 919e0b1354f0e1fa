namespace SensorApp.Workload;

/// <summary>The part of <c>GET /results/{file_id}</c> that is checked. Counts are null until the status is final.</summary>
public sealed record FileResults
{
    public required string FileId { get; init; }

    public required string Status { get; init; }

    public string? Filename { get; init; }

    public DateTimeOffset? UploadTime { get; init; }

    /// <summary>When the work on the file was complete, by the service's clock.</summary>
    public DateTimeOffset? ProcessingTime { get; init; }

    public long? TotalRows { get; init; }

    public long? ValidRows { get; init; }

    public long? InvalidRows { get; init; }

    public Dictionary<string, SensorResult>? AggregatedData { get; init; }

    /// <summary>Null where a service does not tell reasons.</summary>
    public Dictionary<string, long>? ErrorsByReason { get; init; }

    public FileFailure? Error { get; init; }

    public bool IsFinal => Status is "processed" or "partial" or "failed";
}

/// <summary>One sensor of a result.</summary>
public sealed record SensorResult(double Avg, double Min, double Max, long Count);

/// <summary>Why a file failed as a whole.</summary>
public sealed record FileFailure(string Code, string Message);
