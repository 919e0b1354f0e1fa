using System.Text.Json.Serialization;
using SensorApp.Api.Endpoints.Uploads;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>The shape of what <see cref="ResultJson"/> writes, for the OpenAPI document: a result is never in memory as a whole.</summary>
public sealed record ResultAnswer : OutcomeAnswer
{
    public required string FileId { get; init; }
}

/// <summary>The shape of the answer to a dry run: a result, and its first invalid rows.</summary>
public sealed record ValidationAnswer : OutcomeAnswer
{
    public required string? FileId { get; init; }

    [JsonPropertyOrder(1)]
    public required IReadOnlyList<RowErrorAnswer> Errors { get; init; }
}

/// <summary>What both have in common.</summary>
public abstract record OutcomeAnswer
{
    public required FileStatus Status { get; init; }

    public required string Filename { get; init; }

    public required DateTimeOffset UploadTime { get; init; }

    public required DateTimeOffset? ProcessingTime { get; init; }

    public required long? TotalRows { get; init; }

    public required long? ValidRows { get; init; }

    public required long? InvalidRows { get; init; }

    public required IReadOnlyDictionary<string, SummaryAnswer> AggregatedData { get; init; }

    public required IReadOnlyDictionary<string, long> ErrorsByReason { get; init; }

    public required ErrorAnswer? Error { get; init; }
}
