using System.Text.Json.Serialization;
using SensorApp.Api.Endpoints.Uploads;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>The shape of what <see cref="ResultJson"/> writes, for the OpenAPI document: a result is never in memory as a whole.</summary>
public sealed record ResultAnswer(
    string FileId,
    FileStatus Status,
    string Filename,
    DateTimeOffset UploadTime,
    DateTimeOffset? ProcessingTime,
    long? TotalRows,
    long? ValidRows,
    long? InvalidRows,
    IReadOnlyDictionary<string, SummaryAnswer> AggregatedData,
    IReadOnlyDictionary<string, long> ErrorsByReason,
    ErrorAnswer? Error);

/// <summary>The shape of the answer to a dry run: a result, and its first invalid rows.</summary>
public sealed record ValidationAnswer(
    string? FileId,
    FileStatus Status,
    string Filename,
    DateTimeOffset UploadTime,
    DateTimeOffset? ProcessingTime,
    long? TotalRows,
    long? ValidRows,
    long? InvalidRows,
    IReadOnlyDictionary<string, SummaryAnswer> AggregatedData,
    IReadOnlyDictionary<string, long> ErrorsByReason,
    ErrorAnswer? Error,
    IReadOnlyList<RowErrorAnswer> Errors);

/// <summary>The shape of a page of sensors.</summary>
public sealed record SensorsAnswer(string FileId, FileStatus Status, long SensorCount, IReadOnlyList<SensorAnswer> Sensors, string? NextCursor);

/// <summary>The shape of one sensor's summary on a page.</summary>
public sealed record SensorAnswer(
    string SensorId,
    long Count,
    double Avg,
    double Min,
    double Max,
    double? Stddev,
    [property: JsonPropertyName("p50")] double? P50,
    [property: JsonPropertyName("p95")] double? P95,
    [property: JsonPropertyName("p99")] double? P99,
    DateTimeOffset First,
    DateTimeOffset Last,
    double LastValue);

/// <summary>The shape of one sensor's summary where its id is the key.</summary>
public sealed record SummaryAnswer(
    long Count,
    double Avg,
    double Min,
    double Max,
    double? Stddev,
    [property: JsonPropertyName("p50")] double? P50,
    [property: JsonPropertyName("p95")] double? P95,
    [property: JsonPropertyName("p99")] double? P99,
    DateTimeOffset First,
    DateTimeOffset Last,
    double LastValue);
