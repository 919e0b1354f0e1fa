using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace SensorApp.ServiceDefaults.Resilience;

/// <summary>Gives a client the one resilience policy.</summary>
public static class ServiceResilienceExtensions
{
    private const string Name = "service";

    /// <summary>
    /// Repeats failed requests, limits their time and stops sending while the other side is down, as <see cref="ResilienceOptions"/>
    /// says. Call it once for a client: a second handler around the first multiplies the requests.
    /// </summary>
    /// <param name="client">A named client. Each has its own circuit.</param>
    /// <param name="alsoRetry">
    /// True for a response that is a passing failure although its status does not say so; it may read the content after buffering it.
    /// Null: only 408, 429, 5xx, a lost connection and a timeout are.
    /// </param>
    /// <param name="safeMethodsOnly">GET, HEAD, OPTIONS and TRACE are repeated; anything else is sent once.</param>
    /// <remarks>
    /// When it gives up, the last response comes through, or <see cref="HttpRequestException"/>,
    /// <see cref="TimeoutRejectedException"/> or <see cref="BrokenCircuitException"/> is thrown.
    /// </remarks>
    public static IHttpClientBuilder AddServiceResilience(
        this IHttpClientBuilder client,
        Func<HttpResponseMessage, CancellationToken, ValueTask<bool>>? alsoRetry = null,
        bool safeMethodsOnly = false)
    {
        client.Services.AddOptions<ResilienceOptions>().BindConfiguration(ResilienceOptions.SectionName).ValidateOnStart();
        client.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ResilienceOptions>, ResilienceOptionsValidator>());
        client.Services.TryAddSingleton(TimeProvider.System);

        // The policy knows better than a second clock; and one line a request tells nobody anything.
        client.ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();

        client.AddResilienceHandler(Name, (pipeline, context) =>
        {
            var options = context.ServiceProvider.GetRequiredService<IOptions<ResilienceOptions>>().Value;
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            pipeline.AddTimeout(options.TotalTimeout);

            if (options.MaxRetries > 0)
            {
                pipeline.AddRetry(Retry(options, alsoRetry, safeMethodsOnly));
            }

            pipeline.AddCircuitBreaker(CircuitBreaker(options.CircuitBreaker)).AddTimeout(options.AttemptTimeout);
        });

        return client;
    }

    private static HttpRetryStrategyOptions Retry(
        ResilienceOptions options, Func<HttpResponseMessage, CancellationToken, ValueTask<bool>>? alsoRetry, bool safeMethodsOnly) => new()
        {
            MaxRetryAttempts = options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = options.FirstDelay,
            MaxDelay = options.MaxDelay,
            UseJitter = true,
            ShouldRetryAfterHeader = true,
            ShouldHandle = async attempt =>
                (!safeMethodsOnly || IsSafe(attempt.Context.GetRequestMessage()))
                && (HttpClientResiliencePredicates.IsTransient(attempt.Outcome)
                    || (attempt.Outcome.Result is { } response && alsoRetry is not null && await alsoRetry(response, attempt.Context.CancellationToken))),
        };

    private static HttpCircuitBreakerStrategyOptions CircuitBreaker(CircuitBreakerOptions options) => new()
    {
        FailureRatio = options.FailureRatio,
        MinimumThroughput = options.MinimumThroughput,
        SamplingDuration = options.SamplingDuration,
        BreakDuration = options.BreakDuration,
    };

    private static bool IsSafe(HttpRequestMessage? request) =>
        request is not null && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options || request.Method == HttpMethod.Trace);
}
