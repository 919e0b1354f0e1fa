using SensorApp.Chaos.Load;
using SensorApp.Chaos.Processes;
using SensorApp.Workload;

namespace SensorApp.Chaos.Scenarios;

/// <summary>One file ends each process that reads it. It must end as failed, and the files that were at work beside it must not.</summary>
public sealed class PoisonFile : Scenario
{
    // So many rows that the file is read back from the store, where the replica watches for it.
    private const int Rows = 4_000;
    private const string ExpectedFailure = "attempts_exhausted";

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    public override string Key => "g";

    public override string Title => "a file that ends each process that reads it, among good ones, 2 replicas";

    public override DeploymentPlan Plan => new()
    {
        ReplicaArguments = _ => ["--die-on-size", FormattableString.Invariant($"{Poison.Content.Length}")],
    };

    private static GeneratedFile Poison { get; } = new FileGenerator(seed: 666, withErrors: false).Generate(index: 666, Rows);

    public override async Task DisturbAsync(Disturbance disturbance, CancellationToken cancellationToken)
    {
        for (var blow = 0; blow < disturbance.Blows; blow++)
        {
            var fileId = await UploadAsync(disturbance, cancellationToken);
            disturbance.Ledger.Add(new AcknowledgedFile(fileId, Poison, ExpectedFailure));
            disturbance.Tally.Count("poison files");
            await ReviveUntilFailedAsync(disturbance, fileId, cancellationToken);
        }
    }

    private static async Task<string> UploadAsync(Disturbance disturbance, CancellationToken cancellationToken)
    {
        while (true)
        {
            var outcome = await disturbance.Clients.Any().UploadAsync(Poison.Name, Poison.Content, cancellationToken);

            if (outcome.FileId is { } fileId)
            {
                return fileId;
            }

            Revive(disturbance);
            await Task.Delay(LookInterval, cancellationToken);
        }
    }

    private static async Task ReviveUntilFailedAsync(Disturbance disturbance, string fileId, CancellationToken cancellationToken)
    {
        while (await disturbance.Clients.TryGetFinalAsync(fileId, cancellationToken) is null)
        {
            Revive(disturbance);
            await Task.Delay(LookInterval, cancellationToken);
        }
    }

    private static void Revive(Disturbance disturbance)
    {
        foreach (var dead in disturbance.Deployment.Replicas.Where(replica => !replica.IsRunning))
        {
            disturbance.Tally.Count("processes ended by a poison file");
            dead.Launch();
        }
    }
}
