namespace SensorApp.Chaos.Scenarios;

/// <summary>Nearly a third of the calls to the cloud go wrong, each time in another way.</summary>
public sealed class FailingCloud : Scenario
{
    private const double Share = 0.3;

    public override string Key => "c";

    public override string Title => "30 % of cloud calls failing, throttled, slow, dropped or cut in mid-body, 2 replicas";

    public override async Task DisturbAsync(Disturbance disturbance, CancellationToken cancellationToken)
    {
        for (var blow = 0; blow < disturbance.Blows; blow++)
        {
            var fault = CloudFault.Kinds[blow % CloudFault.Kinds.Count];
            await disturbance.Faults.ReplaceAsync(fault, Share, cancellationToken);
            disturbance.Tally.Count($"periods of {fault.Name}");
            await disturbance.WaitAsync(2, 4, cancellationToken);
        }

        await disturbance.Faults.ClearAsync(cancellationToken);
    }
}
