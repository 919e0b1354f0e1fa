using System.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using SensorApp.Api.Services.Cloud;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Services.Work;

namespace SensorApp.Api.Services.Warming;

/// <summary>
/// Rehearses the way of a file until the code on it is compiled at its best, or <see cref="WorkOptions.WarmUpLimit"/> is over, and
/// only then lets the service say that it is ready: the first files after a start take several times as long as later ones.
/// </summary>
public sealed partial class WarmUp(
    Rehearsal rehearsal, CloudSetup setup, IHostApplicationLifetime lifetime, IOptions<WorkOptions> options, TimeProvider clock, ILogger<WarmUp> logger)
    : BackgroundService, IHealthCheck
{
    // As many as make the store combine its writes.
    private const int Together = 8;

    // What is called often is compiled anew a tenth of a second after nothing new was called: shorter silences mean nothing.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(300);

    private volatile bool _isOver;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isOver ? HealthCheckResult.Healthy("Warm.") : HealthCheckResult.Unhealthy("Warming up; ready in some seconds."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var activity = FileTracing.StartUnrecorded("warm up");
        using var limit = new CancellationTokenSource(options.Value.WarmUpLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        var rehearsing = RehearseAsync(either.Token, stoppingToken);

        // A store that hangs must not keep the service from being ready; what is under way comes to its own end.
        await rehearsing.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _isOver = true;

        await rehearsing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        if (rehearsing.Exception?.InnerException is { } failure)
        {
            // It is only about speed: a store that is away is what the other checks are for.
            Log.Ended(logger, failure.Message);
        }
    }

    /// <summary>Until the compiler has been silent for a while.</summary>
    private async Task RehearseAsync(CancellationToken untilCancelled, CancellationToken stoppingToken)
    {
        await StartedAsync(untilCancelled);
        await setup.Created.WaitAsync(untilCancelled);
        var compiled = 0L;
        var lastCompiled = clock.GetTimestamp();

        while (!untilCancelled.IsCancellationRequested && clock.GetElapsedTime(lastCompiled) < Silence)
        {
            await Task.WhenAll(Enumerable.Range(0, Together).Select(_ => rehearsal.RunAsync(stoppingToken)));

            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
            {
                (compiled, lastCompiled) = (now, clock.GetTimestamp());
            }
        }
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(3801, LogLevel.Debug, "Warming up ended before its time: {Reason}")]
        public static partial void Ended(ILogger logger, string reason);
    }
}
