using System.Text.Json.Serialization;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Uploads;

/// <summary>One file was accepted: it is durable and will be processed.</summary>
public sealed record UploadAnswer(string FileId, FileStatus Status, string Message)
{
    public const string Queued = "File uploaded successfully and queued for processing";
    public const string Known = "An earlier upload brought the same content";

    /// <summary>Whether an earlier upload brought the same content; then the id is that of the earlier file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Duplicate { get; init; }

    public static UploadAnswer From(AcceptedFile file) => new(file.FileId, file.Status, file.IsDuplicate ? Known : Queued) { Duplicate = file.IsDuplicate };
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

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Duplicate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ErrorAnswer? Error { get; init; }

    /// <param name="outcome">What became of the file.</param>
    /// <param name="waited">Records of files whose end was waited for.</param>
    public static UploadedFileAnswer From(UploadOutcome outcome, IReadOnlyDictionary<string, FileRecord> waited) => new(outcome.Filename)
    {
        FileId = outcome.Accepted?.FileId,
        Status = outcome.Accepted is { } accepted ? waited.GetValueOrDefault(accepted.FileId)?.Status ?? accepted.Status : null,
        Duplicate = outcome.Accepted?.IsDuplicate ?? false,
        Error = outcome switch
        {
            { Refusal: { } refusal } => new ErrorAnswer(refusal.Code, refusal.Message),
            { Failure: not null } => new ErrorAnswer(ProblemCodes.StorageUnavailable, "The store cannot be reached; try this file again."),
            _ => null,
        },
    };
}

/// <summary>A stable code and a sentence for a person.</summary>
public sealed record ErrorAnswer(string Code, string Message);
