using System.Collections.Concurrent;
using SensorApp.Chaos.Load;
using SensorApp.Workload;

namespace SensorApp.Chaos.Verification;

/// <summary>Waits until every acknowledged file is final, and compares each with what was sent and with what was seen before.</summary>
internal sealed class ResultVerification(ReplicaClients replicas, Ledger ledger)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentQueue<string> _lost = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentQueue<string> _changed = new();

    public IReadOnlyList<string> Lost => [.. _lost];

    public IReadOnlyList<string> Wrong => [.. _wrong];

    public IReadOnlyList<string> Changed => [.. _changed];

    /// <param name="patience">From now on, for all files together.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task RunAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

        await Parallel.ForEachAsync(ledger.Files, parallelism, async (file, _) =>
        {
            if (await WaitForFinalAsync(file.FileId, limit.Token) is { } results)
            {
                Judge(file, results);
            }
            else
            {
                _lost.Enqueue($"{file.FileId} ({file.File.Name}) has no final results");
            }
        });

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<FileResults?> WaitForFinalAsync(string fileId, CancellationToken limit)
    {
        try
        {
            while (true)
            {
                if (await replicas.TryGetFinalAsync(fileId, limit) is { } results)
                {
                    return results;
                }

                await Task.Delay(Pause, limit);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Judge(AcknowledgedFile file, FileResults results)
    {
        if (file.FindDifference(results) is { } difference)
        {
            _wrong.Enqueue($"{file.FileId} ({file.File.Name}): {difference}");
        }

        var first = ledger.RememberFirst(results);

        if (first.ProcessingTime != results.ProcessingTime || first.Status != results.Status)
        {
            _changed.Enqueue($"{file.FileId} ({file.File.Name}) was {first.Status} of {first.ProcessingTime:O} and is now {results.Status} of {results.ProcessingTime:O}");
        }
    }
}
