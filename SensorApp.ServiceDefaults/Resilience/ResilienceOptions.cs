namespace SensorApp.ServiceDefaults.Resilience;

/// <summary>The configuration section <c>Resilience</c>: how a call to another service is repeated and given up. One policy for all clients.</summary>
public sealed record ResilienceOptions
{
    public const string SectionName = "Resilience";

    /// <summary>Requests after the first that failed: 0 to 10. Three retries are four requests.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Wait before the first retry, doubled before each further one and varied by jitter. A <c>Retry-After</c> of the other side goes before it.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait before a retry, unless <c>Retry-After</c> asks for more.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for one request, up to the headers of its answer.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for all requests of a call and the waits in between.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>When calls are refused at once instead of being sent.</summary>
    public CircuitBreakerOptions CircuitBreaker { get; init; } = new();
}
