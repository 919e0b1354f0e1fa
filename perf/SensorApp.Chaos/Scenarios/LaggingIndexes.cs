namespace SensorApp.Chaos.Scenarios;

/// <summary>The table's indexes show writes only seconds later, while replicas are killed: they see files as due that are long done.</summary>
public sealed class LaggingIndexes : Scenario
{
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(3);

    public override string Key => "f";

    public override string Title => "secondary indexes that lag by 3 s, with kills, 2 replicas";

    public override async Task DisturbAsync(Disturbance disturbance, CancellationToken cancellationToken)
    {
        await disturbance.Faults.LagIndexesAsync(Lag, cancellationToken);

        for (var blow = 0; blow < disturbance.Blows; blow++)
        {
            await disturbance.WaitAsync(0.5, 2, cancellationToken);
            await disturbance.KillAsync(disturbance.AnyReplica(), cancellationToken);
        }

        await disturbance.Faults.ClearAsync(cancellationToken);
    }
}
