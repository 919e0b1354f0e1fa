using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Work;

/// <summary>Starts work and knows what runs. At shutdown files may finish within a grace time; then they are given back.</summary>
public sealed partial class WorkRunner(
    FileWorker worker, WorkSlots slots, IHostApplicationLifetime lifetime, IOptions<WorkOptions> options, TimeProvider clock, ILogger<WorkRunner> logger) : IHostedService
{
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _stopping = new(Timeout.InfiniteTimeSpan, clock);

    /// <summary>Runs the file on its slot; both slot and kept bytes are freed at the end.</summary>
    public void Start(FileRecord file, Lease lease, KeptFile? kept, WorkSlot slot)
    {
        // Not awaited here: the upload that brought the file is answered first.
        var run = Task.Run(() => RunAsync(file, lease, kept, slot));
        _running[run] = true;
        _ = run.ContinueWith(ended => _running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The grace time begins with the signal. The web server is stopped before this service, and one slow upload could
        // use up all the time that there is.
        lifetime.ApplicationStopping.Register(BeginEnding);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        while (!_running.IsEmpty && !cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(_running.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void BeginEnding()
    {
        slots.Close();
        _stopping.CancelAfter(options.Value.ShutdownGrace);

        if (!_running.IsEmpty)
        {
            Log.Finishing(logger, _running.Count, options.Value.ShutdownGrace);
        }
    }

    private async Task RunAsync(FileRecord file, Lease lease, KeptFile? kept, WorkSlot slot)
    {
        using (slot)
        using (kept)
        {
            await worker.RunAsync(file, lease, kept, _stopping.Token);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3401, LogLevel.Information, "Stopping: {Count} files at work may finish within {Grace}.")]
        public static partial void Finishing(ILogger logger, int count, TimeSpan grace);
    }
}
