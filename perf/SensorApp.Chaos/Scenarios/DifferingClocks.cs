using SensorApp.Chaos.Processes;

namespace SensorApp.Chaos.Scenarios;

/// <summary>Replicas disagree about the time, by far more than a lease; kills make them take over from one another.</summary>
public sealed class DifferingClocks : Scenario
{
    private static readonly TimeSpan[] Offsets = [TimeSpan.Zero, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(-30)];

    public override string Key => "e";

    public override string Title => "clocks that differ by 30 s either way, which is more than a lease, with kills, 3 replicas";

    public override DeploymentPlan Plan => new()
    {
        Replicas = Offsets.Length,
        ReplicaArguments = number => ["--clock-offset", Offsets[number].ToString("c")],
    };

    public override async Task DisturbAsync(Disturbance disturbance, CancellationToken cancellationToken)
    {
        for (var blow = 0; blow < disturbance.Blows; blow++)
        {
            await disturbance.WaitAsync(0.5, 2, cancellationToken);
            await disturbance.KillAsync(disturbance.AnyReplica(), cancellationToken);
        }
    }
}
