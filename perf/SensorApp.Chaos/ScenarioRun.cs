using System.Diagnostics;
using SensorApp.Chaos.Load;
using SensorApp.Chaos.Processes;
using SensorApp.Chaos.Scenarios;
using SensorApp.Chaos.Verification;

namespace SensorApp.Chaos;

/// <summary>Runs one scenario: uploads without end while things go wrong, then lets everything come to rest and checks it.</summary>
public sealed class ScenarioRun(Scenario scenario, ChaosOptions options)
{
    private static readonly TimeSpan FileInterval = TimeSpan.FromMilliseconds(100);

    public async Task<ScenarioReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var deployment = await Deployment.StartAsync(scenario.Plan, options.Pace, options.Keep, cancellationToken);
        using var replicas = new ReplicaClients(deployment);
        using var faults = new CloudFaults(deployment.Cloud.Address);
        var ledger = new Ledger();
        var disturbance = new Disturbance(deployment, replicas, ledger, faults, options);

        await UnderLoadAsync(
            replicas,
            ledger,
            async () =>
            {
                await scenario.DisturbAsync(disturbance, cancellationToken);
                await WaitForFilesAsync(ledger, cancellationToken);
            });
        await deployment.StartAllAsync(cancellationToken);

        return new ScenarioReport
        {
            Scenario = scenario.Key,
            Title = scenario.Title,
            Seed = options.Seed,
            Acknowledged = ledger.Count,
            Refused = ledger.Refused,
            Done = disturbance.Tally.Counts,
            Findings = await new FinalVerification(deployment, replicas, ledger).RunAsync(cancellationToken),
            Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            Folder = options.Keep ? deployment.Folder : null,
        };
    }

    private async Task UnderLoadAsync(ReplicaClients replicas, Ledger ledger, Func<Task> disturbAsync)
    {
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(
            new Uploader(replicas, ledger, options.Seed, options.FilesPerSecond).RunAsync(stop.Token),
            new Watcher(replicas, ledger).RunAsync(stop.Token));

        try
        {
            await disturbAsync();
        }
        finally
        {
            await stop.CancelAsync();
            await load;
        }
    }

    private async Task WaitForFilesAsync(Ledger ledger, CancellationToken cancellationToken)
    {
        while (ledger.Count < options.Files)
        {
            await Task.Delay(FileInterval, cancellationToken);
        }
    }
}
