namespace SensorApp.Chaos.Processes;

/// <summary>What a scenario needs started.</summary>
public sealed record DeploymentPlan
{
    /// <summary>API processes on one stand-in cloud.</summary>
    public int Replicas { get; init; } = 2;

    /// <summary>Runs a replica inside this program, so that its clock can differ or a file can be poison to it; null runs the API's own dll.</summary>
    public Func<int, IReadOnlyList<string>>? ReplicaArguments { get; init; }

    /// <summary>Settings of the API on top of <see cref="Defaults"/>.</summary>
    public IReadOnlyDictionary<string, string> ApiSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>How long a lease holds: short, so that a run need not wait two minutes for each file of a dead replica.</summary>
    public static TimeSpan LeaseTime { get; } = TimeSpan.FromSeconds(4);

    /// <summary>Everything that is a matter of patience is shorter than in production; nothing else differs.</summary>
    public static IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>
    {
        ["MAX_CONCURRENT_TASKS"] = "4",
        ["Work__LeaseTime"] = LeaseTime.ToString("c"),
        ["Work__RenewEvery"] = "00:00:01",
        ["Work__RenewCallLimit"] = "00:00:01",
        ["Work__ProgressEvery"] = "00:00:00.5",
        ["Work__LookEvery"] = "00:00:00.5",
        ["Work__LookEverySlow"] = "00:00:02",
        ["Work__FirstDelay"] = "00:00:00.5",
        ["Work__LongestDelay"] = "00:00:05",
        ["Work__ShutdownGrace"] = "00:00:10",
        ["Sweep__UploadHeartbeat"] = "00:00:01",
        // Resilience gives a call up after 60 s: only then may an upload count as stopped.
        ["Sweep__UploadStaleAfter"] = "00:01:30",
    };

    /// <summary>At the end, when nothing is being uploaded, whatever nothing leads to may go at once.</summary>
    public static IReadOnlyDictionary<string, string> SweepAtOnce { get; } = new Dictionary<string, string>
    {
        ["Sweep__Every"] = "00:00:01",
        ["Sweep__OrphanAge"] = "00:00:01",
        ["Sweep__UploadStaleAfter"] = "00:00:02",
    };
}
