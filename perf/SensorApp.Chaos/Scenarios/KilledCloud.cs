namespace SensorApp.Chaos.Scenarios;

/// <summary>The stand-in cloud is killed at random moments under load; what it acknowledged is on disk.</summary>
public sealed class KilledCloud : Scenario
{
    public override string Key => "b";

    public override string Title => "kill -9 of the durable stand-in cloud under load, 2 replicas";

    public override async Task DisturbAsync(Disturbance disturbance, CancellationToken cancellationToken)
    {
        for (var blow = 0; blow < disturbance.Blows; blow++)
        {
            await disturbance.WaitAsync(0.5, 3, cancellationToken);
            await disturbance.KillAsync(disturbance.Deployment.Cloud, cancellationToken);
        }
    }
}
