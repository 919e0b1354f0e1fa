namespace SensorApp.Api.Storage.Aws;

/// <summary>Attribute and index names of the table. <c>deploy/</c> creates the same table on the real service.</summary>
internal static class FileAttributes
{
    public const string FileId = "file_id";
    public const string Status = "status";
    public const string Filename = "filename";
    public const string ContentType = "content_type";
    public const string Size = "size";
    public const string Sha256 = "sha256";
    public const string UploadTime = "upload_time";
    public const string StartedTime = "started_time";
    public const string ProcessingTime = "processing_time";
    public const string TotalRows = "total_rows";
    public const string ValidRows = "valid_rows";
    public const string InvalidRows = "invalid_rows";
    public const string ErrorsByReason = "errors_by_reason";
    public const string Error = "error";
    public const string Attempts = "attempts";
    public const string Deferrals = "deferrals";
    public const string LastReason = "last_reason";
    public const string LeaseId = "lease_id";
    public const string LeaseUntil = "lease_until";
    public const string LeaseIds = "lease_ids";
    public const string Heartbeat = "heartbeat";
    public const string Progress = "progress";
    public const string BlobKey = "blob_key";
    public const string MultipartId = "multipart_id";
    public const string ResultsDocument = "results";
    public const string TraceContext = "trace_context";
    public const string TimeZoneName = "timezone";
    public const string MaxInvalid = "max_invalid";

    /// <summary>When an item expires by itself, in Unix seconds; only items beside the files have it.</summary>
    public const string ExpiresAt = "expires_at";

    public const string DueIndex = "due";
    public const string DueShard = "due_shard";
    public const string DueAt = "due_at";

    public const string ListingIndex = "listing";

    /// <summary>Month and shard, as in <c>2026-11#3</c>.</summary>
    public const string ListingKey = "month#shard";

    /// <summary>What the due index carries beside its keys: enough to claim, and to trace it.</summary>
    public static readonly List<string> DueProjection = [Status, LeaseId, Attempts, Size, TraceContext];

    /// <summary>What the listing index carries beside its keys: everything but the results document and the leases.</summary>
    public static readonly List<string> ListingProjection =
    [
        Status, Filename, ContentType, Size, Sha256, StartedTime, ProcessingTime, TotalRows, ValidRows, InvalidRows,
        ErrorsByReason, Error, Attempts, Progress, BlobKey, TimeZoneName, MaxInvalid,
    ];
}
