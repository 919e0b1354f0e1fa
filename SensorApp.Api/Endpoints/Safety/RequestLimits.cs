using System.ComponentModel.DataAnnotations;

namespace SensorApp.Api.Endpoints.Safety;

/// <summary>Bounds of all requests: configuration section <c>Limits</c>.</summary>
public sealed record RequestLimits
{
    public const string Section = "Limits";

    /// <summary>Requests a minute from one client; 0: no limit.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerMinute { get; init; }

    /// <summary>A body that arrives more slowly, after the first seconds, is cut off.</summary>
    [Range(1, 1_000_000_000)]
    public double MinBodyBytesPerSecond { get; init; } = 240;

    /// <summary>All header lines of a request together.</summary>
    [Range(1024, 1_048_576)]
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Bodies of requests other than uploads.</summary>
    [Range(0, 1_073_741_824)]
    public long MaxBodyBytes { get; init; } = 1024 * 1024;
}
