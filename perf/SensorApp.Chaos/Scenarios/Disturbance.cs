using SensorApp.Chaos.Load;
using SensorApp.Chaos.Processes;

namespace SensorApp.Chaos.Scenarios;

/// <summary>What a scenario may lay hands on, and how often it should.</summary>
/// <param name="deployment">The processes.</param>
/// <param name="clients">For scenarios that upload a file of their own.</param>
/// <param name="ledger">Takes such files.</param>
/// <param name="faults">Faults inside the stand-in cloud.</param>
/// <param name="options">How often something is to go wrong, how fast, and the seed, so that a run can be repeated as far as timing allows.</param>
public sealed class Disturbance(Deployment deployment, ReplicaClients clients, Ledger ledger, CloudFaults faults, ChaosOptions options)
{
    public Deployment Deployment { get; } = deployment;

    public ReplicaClients Clients { get; } = clients;

    public Ledger Ledger { get; } = ledger;

    public CloudFaults Faults { get; } = faults;

    public Random Random { get; } = new(options.Seed);

    public int Blows => options.Blows;

    public Pace Pace => options.Pace;

    /// <summary>What has been done so far, by kind.</summary>
    public Tally Tally { get; } = new();

    public ServiceProcess AnyReplica() => Deployment.Replicas[Random.Next(Deployment.Replicas.Count)];

    /// <summary>Waits for a random time between the two, at the usual pace.</summary>
    public Task WaitAsync(double leastSeconds, double mostSeconds, CancellationToken cancellationToken) =>
        Task.Delay(Pace.Scale * TimeSpan.FromSeconds(leastSeconds + (Random.NextDouble() * (mostSeconds - leastSeconds))), cancellationToken);

    /// <summary>Kills a process, leaves it dead for a while, and starts it again.</summary>
    public async Task KillAsync(ServiceProcess process, CancellationToken cancellationToken)
    {
        await process.KillAsync();
        Tally.Count("kills");
        await WaitAsync(0, 1, cancellationToken);
        await process.StartAsync(cancellationToken);
    }
}
