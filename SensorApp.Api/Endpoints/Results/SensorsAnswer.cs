using System.Text.Json.Serialization;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>The shape of a page of sensors, for the OpenAPI document.</summary>
public sealed record SensorsAnswer(string FileId, FileStatus Status, long SensorCount, IReadOnlyList<SensorAnswer> Sensors, string? NextCursor);

/// <summary>The shape of one sensor's summary on a page.</summary>
public sealed record SensorAnswer : SummaryAnswer
{
    public required string SensorId { get; init; }
}

/// <summary>The shape of one sensor's summary where its id is the key.</summary>
public record SummaryAnswer
{
    public required long Count { get; init; }

    public required double Avg { get; init; }

    public required double Min { get; init; }

    public required double Max { get; init; }

    public required double? Stddev { get; init; }

    [JsonPropertyName("p50")]
    public required double? P50 { get; init; }

    [JsonPropertyName("p95")]
    public required double? P95 { get; init; }

    [JsonPropertyName("p99")]
    public required double? P99 { get; init; }

    public required DateTimeOffset First { get; init; }

    public required DateTimeOffset Last { get; init; }

    public required double LastValue { get; init; }
}
