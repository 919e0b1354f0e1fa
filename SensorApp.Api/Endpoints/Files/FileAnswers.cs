using System.Text.Json.Serialization;
using SensorApp.Api.Endpoints.Uploads;
using SensorApp.Api.Processing;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Files;

/// <summary>Where a file is on its way.</summary>
public sealed record StatusAnswer(string FileId, FileStatus Status)
{
    /// <summary>Only while the file is processed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProgressAnswer? Progress { get; init; }

    public static StatusAnswer From(FileRecord file, FileProgress? local)
    {
        var isProcessing = file.Status == FileStatus.Processing;
        var progress = isProcessing ? local ?? file.Progress ?? default(FileProgress) : (FileProgress?)null;
        return new StatusAnswer(file.FileId, file.Status) { Progress = progress is { } known ? ProgressAnswer.From(known, file.Size) : null };
    }
}

/// <summary>How far processing is: rows seen, invalid ones among them, and bytes read of the file's size.</summary>
public sealed record ProgressAnswer(long Rows, long InvalidRows, long Bytes, long Size)
{
    public static ProgressAnswer From(FileProgress progress, long size) => new(progress.Rows, progress.InvalidRows, progress.Bytes, size);
}

/// <summary>One record of the list of files.</summary>
public sealed record FileAnswer
{
    public required string FileId { get; init; }

    public required FileStatus Status { get; init; }

    public required string Filename { get; init; }

    public required long Size { get; init; }

    public string? ContentType { get; init; }

    public string? Sha256 { get; init; }

    public required DateTimeOffset UploadTime { get; init; }

    public DateTimeOffset? StartedTime { get; init; }

    /// <summary>When the file reached its final status.</summary>
    public DateTimeOffset? ProcessingTime { get; init; }

    public long? TotalRows { get; init; }

    public long? ValidRows { get; init; }

    public long? InvalidRows { get; init; }

    public IReadOnlyDictionary<string, long>? ErrorsByReason { get; init; }

    public ErrorAnswer? Error { get; init; }

    public int Attempts { get; init; }

    public string? Timezone { get; init; }

    public string? MaxInvalid { get; init; }

    public ProgressAnswer? Progress { get; init; }

    public static FileAnswer From(FileRecord file) => new()
    {
        FileId = file.FileId,
        Status = file.Status,
        Filename = file.Filename,
        Size = file.Size,
        ContentType = file.ContentType,
        Sha256 = file.Sha256,
        UploadTime = file.UploadTime,
        StartedTime = file.StartedTime,
        ProcessingTime = file.ProcessingTime,
        TotalRows = file.TotalRows,
        ValidRows = file.ValidRows,
        InvalidRows = file.InvalidRows,
        ErrorsByReason = file.ErrorsByReason,
        Error = file.Error is { } error ? new ErrorAnswer(error.Code, error.Message) : null,
        Attempts = file.Attempts,
        Timezone = file.TimeZone,
        MaxInvalid = file.MaxInvalid,
        Progress = file is { Status: FileStatus.Processing, Progress: { } progress } ? ProgressAnswer.From(progress, file.Size) : null,
    };
}

/// <summary>One page of the list, newest first.</summary>
/// <param name="Files">The files of this page.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> to go on; null at the end.</param>
public sealed record FilesAnswer(IReadOnlyList<FileAnswer> Files, string? NextCursor);
