namespace SensorApp.Web.Api;

/// <summary>The statuses of a file, as the API spells them.</summary>
public static class FileStatuses
{
    public const string Pending = "pending";
    public const string Processing = "processing";
    public const string Processed = "processed";
    public const string Partial = "partial";
    public const string Failed = "failed";

    public static IReadOnlyList<string> All { get; } = [Pending, Processing, Processed, Partial, Failed];

    /// <summary>True when the status changes no more by itself.</summary>
    public static bool IsFinal(string status) => status is Processed or Partial or Failed;
}
