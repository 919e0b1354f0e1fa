using System.Globalization;
using SensorApp.Chaos.Processes;

namespace SensorApp.Chaos.Scenarios;

/// <summary>Replicas are asked to end, one after the other, and started again, as a rollout does.</summary>
public sealed class RollingRestarts : Scenario
{
    public override string Key => "h";

    public override string Title => "rolling restarts with SIGTERM, 3 replicas";

    public override DeploymentPlan Plan => new() { Replicas = 3 };

    public override async Task DisturbAsync(Disturbance disturbance, CancellationToken cancellationToken)
    {
        for (var blow = 0; blow < disturbance.Blows; blow++)
        {
            await disturbance.WaitAsync(0.5, 2, cancellationToken);
            var replica = disturbance.Deployment.Replicas[blow % disturbance.Deployment.Replicas.Count];
            await replica.StopAsync(cancellationToken);
            disturbance.Tally.Count(replica.ExitCode == 0 ? "restarts" : string.Create(CultureInfo.InvariantCulture, $"restarts with exit code {replica.ExitCode}"));
            await replica.StartAsync(cancellationToken);
        }
    }
}
