namespace SensorApp.ServiceDefaults.Resilience;

/// <summary>The configuration section <c>Resilience:CircuitBreaker</c>. Each client has a circuit of its own.</summary>
public sealed record CircuitBreakerOptions
{
    /// <summary>Share of failed requests within <see cref="SamplingDuration"/> that opens the circuit: above 0, up to 1.</summary>
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>Requests within <see cref="SamplingDuration"/> below which it stays closed: 2 or more.</summary>
    public int MinimumThroughput { get; init; } = 20;

    public TimeSpan SamplingDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it stays open before one request may try again.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(5);
}
