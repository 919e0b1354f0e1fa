using SensorApp.Api.Services.Work;

namespace SensorApp.Api.Services.Uploads;

/// <summary>A file whose bytes are durable and which nothing points to yet. Accept it or discard it.</summary>
public sealed record ReceivedFile
{
    public required string FileId { get; init; }

    public required string Filename { get; init; }

    public string? ContentType { get; init; }

    public required long Size { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>From the first byte asked for until all were durable.</summary>
    public required TimeSpan ReceivingTime { get; init; }

    /// <summary>The signs of life of an upload in parts, whose record exists already; null for an upload in one piece.</summary>
    public UploadHeartbeat? Heartbeat { get; init; }

    /// <summary>The bytes, where they are few and there was room to keep them.</summary>
    public KeptFile? Kept { get; init; }
}
