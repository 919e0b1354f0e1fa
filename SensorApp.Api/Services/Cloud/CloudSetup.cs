using SensorApp.Api.Storage;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Api.Services.Cloud;

/// <summary>
/// Creates bucket and table in the stand-in cloud, at start and again when a stand-in without a data folder was restarted and
/// has forgotten them. Real AWS is left as it is.
/// </summary>
public sealed partial class CloudSetup(
    IBlobStore blobs, IMetadataStore metadata, CloudHealth health, IConfiguration configuration, TimeProvider clock, ILogger<CloudSetup> logger) : BackgroundService
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    // A cloud that is away must not keep the service from starting: it starts unhealthy and says so.
    private static readonly TimeSpan FirstTryLimit = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _created = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when bucket and table were there for the first time.</summary>
    public Task Created => _created.Task;

    private bool IsNeeded => KnownSettings.Cloud.Read(configuration) == "mocks";

    /// <summary>Tries once before whatever starts after it, so that the work loop and the first health check find bucket and table.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsNeeded)
        {
            using var limit = new CancellationTokenSource(FirstTryLimit, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await TryCreateAsync(either.Token);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsNeeded)
        {
            _created.TrySetResult();
            return;
        }

        var isThere = _created.Task.IsCompleted;

        while (!stoppingToken.IsCancellationRequested)
        {
            var next = isThere ? health.WhenMissingAsync(stoppingToken) : Task.Delay(TryAgainAfter, clock, stoppingToken);
            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            if (!stoppingToken.IsCancellationRequested)
            {
                isThere = await TryCreateAsync(stoppingToken);
            }
        }
    }

    private async Task<bool> TryCreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await blobs.EnsureCreatedAsync(cancellationToken);
            await metadata.EnsureCreatedAsync(cancellationToken);
            health.ReportPresent();
            _created.TrySetResult();
            Log.Ready(logger);
            return true;
        }
        catch (Exception failure) when (failure is StorageException or OperationCanceledException)
        {
            Log.NotReady(logger, failure.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Information, "Bucket and table are there.")]
        public static partial void Ready(ILogger logger);

        [LoggerMessage(5002, LogLevel.Warning, "Bucket and table could not be created and will be tried again: {Reason}")]
        public static partial void NotReady(ILogger logger, string reason);
    }
}
