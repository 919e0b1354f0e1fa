namespace SensorApp.Chaos.Scenarios;

/// <summary>A replica freezes until others have taken its files over, then goes on as if nothing had been: it must not publish.</summary>
public sealed class PausedReplica : Scenario
{
    public override string Key => "d";

    public override string Title => "SIGSTOP of a replica past its lease, then SIGCONT, 2 replicas";

    public override async Task DisturbAsync(Disturbance disturbance, CancellationToken cancellationToken)
    {
        for (var blow = 0; blow < disturbance.Blows; blow++)
        {
            await disturbance.WaitAsync(0.2, 2, cancellationToken);
            var replica = disturbance.AnyReplica();
            replica.Pause();

            try
            {
                disturbance.Tally.Count("pauses");
                await Task.Delay(disturbance.Pace.TakeoverTime, cancellationToken);
            }
            finally
            {
                replica.Resume();
            }
        }
    }
}
