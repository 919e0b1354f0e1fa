using System.Text.Json.Serialization;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Uploads;

/// <summary>One file was accepted: it is durable and will be processed.</summary>
public sealed record UploadAnswer(string FileId, FileStatus Status, string Message)
{
    public const string Queued = "File uploaded successfully and queued for processing";
}

/// <summary>Several files were sent, and at least one was accepted.</summary>
public sealed record UploadsAnswer(IReadOnlyList<UploadedFileAnswer> Files);

/// <summary>What became of one of several files: it has an id, or it says why not.</summary>
public sealed record UploadedFileAnswer(string Filename)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FileId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FileStatus? Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ErrorAnswer? Error { get; init; }
}

/// <summary>A stable code and a sentence for a person.</summary>
public sealed record ErrorAnswer(string Code, string Message);
