namespace SensorApp.Chaos.Load;

/// <summary>Reads results while things go wrong, and remembers what it saw first: at the end they must still be the same.</summary>
public sealed class Watcher(ReplicaClients replicas, Ledger ledger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (ledger.AnyUnseen() is { } file && await replicas.TryGetFinalAsync(file.FileId, CancellationToken.None) is { } results)
            {
                ledger.RememberFirst(results);
            }

            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
