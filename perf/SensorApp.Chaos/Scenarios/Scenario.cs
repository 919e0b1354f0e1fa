using SensorApp.Chaos.Processes;

namespace SensorApp.Chaos.Scenarios;

/// <summary>One way in which things go wrong while files are uploaded.</summary>
public abstract class Scenario
{
    /// <summary>The letter by which the command line and the reports name it.</summary>
    public abstract string Key { get; }

    /// <summary>What goes wrong, as one line for the summary.</summary>
    public abstract string Title { get; }

    public virtual DeploymentPlan Plan => new();

    /// <summary>Makes things go wrong <see cref="Disturbance.Blows"/> times; at its end everything may be left broken but paused processes.</summary>
    public abstract Task DisturbAsync(Disturbance disturbance, CancellationToken cancellationToken);

    /// <summary>All of them, in the order in which they run.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new KilledReplicas(1),
        new KilledReplicas(3),
        new KilledCloud(),
        new FailingCloud(),
        new PausedReplica(),
        new DifferingClocks(),
        new LaggingIndexes(),
        new PoisonFile(),
        new RollingRestarts(),
    ];
}
