using Microsoft.Extensions.Diagnostics.HealthChecks;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Cloud;

/// <summary>Whether both stores can be used: a check of its own, without retries, that takes 2 s at most.</summary>
public sealed partial class CloudHealth(IBlobStore blobs, IMetadataStore metadata, TimeProvider clock, ILogger<CloudHealth> logger) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private TaskCompletionSource _missing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);

        try
        {
            await Task.WhenAll(blobs.CheckAsync(either.Token), metadata.CheckAsync(either.Token));
            return HealthCheckResult.Healthy("Blob store and metadata store answer.");
        }
        catch (StorageException failure)
        {
            Report(failure);
            // What the SDK says may name keys and addresses: it is for the log, not for whoever asks.
            Log.Unhealthy(logger, failure.Message);
            return HealthCheckResult.Unhealthy(Describe(failure));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"The cloud did not answer within {Limit.TotalSeconds} s.");
        }
    }

    /// <summary>A call failed; if because bucket or table are not there, <see cref="WhenMissingAsync"/> completes.</summary>
    public void Report(StorageException failure)
    {
        if (failure.IsStoreMissing)
        {
            lock (_lock)
            {
                _missing.TrySetResult();
            }
        }
    }

    /// <summary>Bucket and table are there now.</summary>
    public void ReportPresent()
    {
        lock (_lock)
        {
            _missing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static string Describe(StorageException failure)
    {
        var store = failure is BlobStorageException ? "blob store" : "metadata store";
        return failure.IsStoreMissing ? $"The {store} is reached, but its bucket or table is not there." : $"The {store} does not answer as it should; the log says what it does.";
    }

    /// <summary>Completes when bucket or table were found missing.</summary>
    public Task WhenMissingAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _missing.Task.WaitAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5101, LogLevel.Warning, "Not healthy: {Reason}")]
        public static partial void Unhealthy(ILogger logger, string reason);
    }
}
