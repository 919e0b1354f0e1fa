namespace SensorApp.Chaos.Processes;

/// <summary>What a scenario needs started.</summary>
public sealed record DeploymentPlan
{
    /// <summary>API processes on one stand-in cloud.</summary>
    public int Replicas { get; init; } = 2;

    /// <summary>Runs a replica inside this program, so that its clock can differ or a file can be poison to it; null runs the API's own dll.</summary>
    public Func<int, IReadOnlyList<string>>? ReplicaArguments { get; init; }
}
