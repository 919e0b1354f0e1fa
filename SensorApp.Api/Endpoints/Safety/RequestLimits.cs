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

    /// <summary>The first seconds in which a body may be slower.</summary>
    [Range(typeof(TimeSpan), "00:00:01.1", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All header lines of a request together.</summary>
    [Range(1024, 1_048_576)]
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Bodies of requests other than uploads.</summary>
    [Range(typeof(long), "0", "1073741824")]
    public long MaxBodyBytes { get; init; } = 1024 * 1024;
}
