namespace SensorApp.Chaos.Load;

/// <summary>Keeps uploading to whichever replica, alive or not, and writes down what was acknowledged.</summary>
public sealed class Uploader(ReplicaClients replicas, Ledger ledger, int seed, int filesPerSecond)
{
    private const int AtOnce = 6;

    private readonly FileMix _files = new(seed);
    private readonly TimeSpan _pause = TimeSpan.FromSeconds((double)AtOnce / filesPerSecond);
    private int _lastIndex;

    /// <summary>Uploads until it is told to stop; an upload under way is brought to its end.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => UploadRepeatedlyAsync(stop)));

    private async Task UploadRepeatedlyAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var file = _files.Generate(Interlocked.Increment(ref _lastIndex));
            var outcome = await replicas.Any().UploadAsync(file.Name, file.Content, CancellationToken.None);

            if (outcome.FileId is { } fileId)
            {
                ledger.Add(new AcknowledgedFile(fileId, file));
            }
            else
            {
                ledger.CountRefusal();
            }

            await Task.Delay(_pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
