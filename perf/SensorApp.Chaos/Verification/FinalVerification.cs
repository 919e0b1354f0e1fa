using System.Diagnostics;
using SensorApp.Chaos.Load;
using SensorApp.Chaos.Processes;

namespace SensorApp.Chaos.Verification;

/// <summary>Everything that is checked once nothing goes wrong any more.</summary>
public sealed class FinalVerification(Deployment deployment, ReplicaClients replicas, Ledger ledger)
{
    private static readonly TimeSpan ResultPatience = TimeSpan.FromMinutes(3);
    // An upload in parts whose replica died is due only when its signs of life have stayed away for long.
    private static readonly TimeSpan SweepPatience = TimeSpan.FromMinutes(3);
    // Files are listed from an index, which may lag behind the table: in one scenario on purpose.
    private static readonly TimeSpan IndexPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public async Task<Findings> RunAsync(CancellationToken cancellationToken)
    {
        var results = new ResultVerification(replicas, ledger);
        await results.RunAsync(ResultPatience, cancellationToken);

        await deployment.StartSweeperAsync(cancellationToken);
        var orphans = await WaitForSweepAsync(cancellationToken);

        // Once more, after the sweep: what is final stays as it is, and can still be read.
        var again = new ResultVerification(replicas, ledger);
        await again.RunAsync(ResultPatience, cancellationToken);

        return new Findings
        {
            Lost = [.. results.Lost.Union(again.Lost)],
            Wrong = [.. results.Wrong.Union(again.Wrong)],
            Twice = [.. results.Changed.Union(again.Changed), .. PublishLog.FindTwice(deployment.Folder), .. await FindWronglyListedAsync(cancellationToken)],
            Orphans = orphans,
        };
    }

    private async Task<IReadOnlyList<string>> WaitForSweepAsync(CancellationToken cancellationToken)
    {
        using var inventory = new CloudInventory(deployment);
        return await UntilNoneAsync(inventory.FindOrphansAsync, SweepPatience, cancellationToken);
    }

    /// <summary>Files that an index has not caught up with in time, and those that it led to twice at any look.</summary>
    private async Task<IReadOnlyList<string>> FindWronglyListedAsync(CancellationToken cancellationToken)
    {
        var acknowledged = ledger.Files.Select(file => file.FileId).ToList();
        var twice = new HashSet<string>();
        var missing = await UntilNoneAsync(
            async token =>
            {
                var listed = await FileListing.ReadAsync(deployment.Replicas[0].Address, token);
                var counts = listed.CountBy(fileId => fileId).ToDictionary();
                twice.UnionWith(acknowledged.Where(fileId => counts.GetValueOrDefault(fileId) > 1));
                return [.. acknowledged.Where(fileId => !counts.ContainsKey(fileId))];
            },
            IndexPatience,
            cancellationToken);
        return [.. missing.Select(fileId => $"{fileId} is not listed"), .. twice.Select(fileId => $"{fileId} is listed more than once")];
    }

    /// <summary>Looks again until nothing is wrong, or patience ends.</summary>
    /// <returns>What was wrong at the last look.</returns>
    private static async Task<IReadOnlyList<string>> UntilNoneAsync(
        Func<CancellationToken, Task<IReadOnlyList<string>>> findAsync, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        IReadOnlyList<string> found;

        while ((found = await findAsync(cancellationToken)).Count > 0 && Stopwatch.GetElapsedTime(started) < patience)
        {
            await Task.Delay(Interval, cancellationToken);
        }

        return found;
    }
}
