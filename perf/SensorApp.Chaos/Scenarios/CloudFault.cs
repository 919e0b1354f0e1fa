namespace SensorApp.Chaos.Scenarios;

/// <summary>A way in which the stand-in cloud can answer wrong.</summary>
/// <param name="Name">For the summary.</param>
/// <param name="Error">The error as the stand-in cloud's fault route names it; null for slowness alone.</param>
/// <param name="LatencyMilliseconds">Delay before the answer.</param>
public sealed record CloudFault(string Name, string? Error, int LatencyMilliseconds = 0)
{
    public static IReadOnlyList<CloudFault> Kinds { get; } =
    [
        new("failing", "InternalError"),
        new("throttling", "SlowDown"),
        new("slowness", Error: null, LatencyMilliseconds: 1_500),
        new("dropping", "drop"),
        new("cutting in mid-body", "reset-mid-body"),
    ];
}
