namespace SensorApp.Chaos.Processes;

/// <summary>How patient everybody is. Whatever is a matter of patience is shorter than in production; nothing else differs.</summary>
public sealed record Pace
{
    /// <summary>For runs that go on for long, on machines that do other things too.</summary>
    public static Pace Usual { get; } = new()
    {
        LeaseTime = TimeSpan.FromSeconds(4),
        MaxAttempts = 5,
        // Calls to the cloud are given up after 60 s: only then may an upload count as stopped.
        UploadStaleAfter = TimeSpan.FromSeconds(90),
    };

    /// <summary>For the tests: a scenario takes seconds.</summary>
    public static Pace Short { get; } = new()
    {
        LeaseTime = TimeSpan.FromSeconds(2),
        MaxAttempts = 3,
        UploadStaleAfter = TimeSpan.FromSeconds(12),
        Scale = 0.4,
        Resilience = new Dictionary<string, string>
        {
            ["Resilience__FirstDelay"] = "00:00:00.2",
            ["Resilience__MaxDelay"] = "00:00:01",
            ["Resilience__AttemptTimeout"] = "00:00:05",
            ["Resilience__TotalTimeout"] = "00:00:10",
            ["Resilience__CircuitBreaker__BreakDuration"] = "00:00:01",
        },
    };

    /// <summary>How long a lease holds, so that a run need not wait two minutes for each file of a dead replica.</summary>
    public required TimeSpan LeaseTime { get; init; }

    public required int MaxAttempts { get; init; }

    /// <summary>Without a sign of life for so long, an upload in parts has stopped.</summary>
    public required TimeSpan UploadStaleAfter { get; init; }

    /// <summary>Waits between blows are so many times as long.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The retries of calls to the cloud; empty: as in production.</summary>
    public IReadOnlyDictionary<string, string> Resilience { get; init; } = new Dictionary<string, string>();

    /// <summary>From the death of a replica until another has taken its files, at most.</summary>
    public TimeSpan TakeoverTime => (LeaseTime * 2.25) + TimeSpan.FromSeconds(1);

    /// <summary>The API's settings.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(Resilience)
    {
        ["MAX_CONCURRENT_TASKS"] = "4",
        ["Work__WarmUpLimit"] = Text(TimeSpan.Zero),
        ["Work__LeaseTime"] = Text(LeaseTime),
        ["Work__RenewEvery"] = Text(LeaseTime / 4),
        ["Work__RenewCallLimit"] = Text(LeaseTime / 4),
        ["Work__ProgressEvery"] = Text(LeaseTime / 8),
        ["Work__LookEvery"] = Text(LeaseTime / 8),
        ["Work__LookEverySlow"] = Text(LeaseTime / 2),
        ["Work__FirstDelay"] = Text(LeaseTime / 8),
        ["Work__LongestDelay"] = Text(LeaseTime),
        ["Work__MaxAttempts"] = FormattableString.Invariant($"{MaxAttempts}"),
        ["Work__ShutdownGrace"] = "00:00:10",
        ["Sweep__UploadHeartbeat"] = "00:00:01",
        ["Sweep__UploadStaleAfter"] = Text(UploadStaleAfter),
    };

    private static string Text(TimeSpan time) => time.ToString("c");
}
