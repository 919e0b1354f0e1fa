using System.Globalization;
using SensorApp.Chaos.Processes;

namespace SensorApp.Chaos.Scenarios;

/// <summary>API processes are killed at random moments under load and started again.</summary>
public sealed class KilledReplicas(int replicas) : Scenario
{
    public override string Key => string.Create(CultureInfo.InvariantCulture, $"a{replicas}");

    public override string Title => $"kill -9 of the API under load, {(replicas == 1 ? "1 replica" : $"{replicas} replicas")}";

    public override DeploymentPlan Plan => new() { Replicas = replicas };

    public override async Task DisturbAsync(Disturbance disturbance, CancellationToken cancellationToken)
    {
        for (var blow = 0; blow < disturbance.Blows; blow++)
        {
            await disturbance.WaitAsync(0.2, 2, cancellationToken);
            await disturbance.KillAsync(disturbance.AnyReplica(), cancellationToken);
        }
    }
}
