namespace SensorApp.Api.Storage;

/// <summary>Where a file is on its way. The last five are what clients see.</summary>
public enum FileStatus
{
    /// <summary>Parts are still being sent; invisible.</summary>
    Uploading,

    /// <summary>An upload that stopped; its parts are being removed; invisible.</summary>
    Abandoned,

    /// <summary>Its bytes, then its record, are being removed; invisible.</summary>
    Deleting,

    Pending,
    Processing,
    Processed,
    Partial,
    Failed,
}

/// <summary>The names of <see cref="FileStatus"/> in the table and in JSON, and the groups that conditions speak of.</summary>
public static class FileStatuses
{
    private static readonly Dictionary<string, FileStatus> ByName =
        Enum.GetValues<FileStatus>().ToDictionary(status => status.ToName(), StringComparer.Ordinal);

    /// <summary>Accepted and not at its end.</summary>
    public static IReadOnlyList<FileStatus> Unfinished { get; } = [FileStatus.Pending, FileStatus.Processing];

    /// <summary>At its end until somebody asks for a reprocess.</summary>
    public static IReadOnlyList<FileStatus> Final { get; } = [FileStatus.Processed, FileStatus.Partial, FileStatus.Failed];

    public static IReadOnlyList<FileStatus> Visible { get; } = [.. Unfinished, .. Final];

    public static string ToName(this FileStatus status) => status switch
    {
        FileStatus.Uploading => "uploading",
        FileStatus.Abandoned => "abandoned",
        FileStatus.Deleting => "deleting",
        FileStatus.Pending => "pending",
        FileStatus.Processing => "processing",
        FileStatus.Processed => "processed",
        FileStatus.Partial => "partial",
        _ => "failed",
    };

    public static bool TryParse(string name, out FileStatus status) => ByName.TryGetValue(name, out status);

    public static bool IsFinal(this FileStatus status) => status >= FileStatus.Processed;

    public static bool IsVisible(this FileStatus status) => status >= FileStatus.Pending;
}
