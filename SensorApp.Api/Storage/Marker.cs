namespace SensorApp.Api.Storage;

/// <summary>An item beside the files that leads to what is known already.</summary>
/// <param name="Key">Holds a <c>#</c>, so it is never taken for a file.</param>
/// <param name="Value">Small text.</param>
public sealed record Marker(string Key, string Value)
{
    /// <summary>When it no longer counts; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The value it takes the place of; null: there must be none.</summary>
    public string? Replaces { get; init; }
}
