using SensorApp.Chaos.Verification;

namespace SensorApp.Chaos;

/// <summary>What was done to the service in one scenario, and whether it kept its promises.</summary>
public sealed record ScenarioReport
{
    public required string Scenario { get; init; }

    public required string Title { get; init; }

    public required int Seed { get; init; }

    /// <summary>Files answered with 202: each of them was checked.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>Uploads without a 202.</summary>
    public required int Refused { get; init; }

    /// <summary>What was done, by kind: kills, pauses, restarts.</summary>
    public required IReadOnlyDictionary<string, int> Done { get; init; }

    public required double Seconds { get; init; }

    public required Findings Findings { get; init; }

    /// <summary>Folder with the output of every process; null when it was removed.</summary>
    public string? Folder { get; init; }
}
