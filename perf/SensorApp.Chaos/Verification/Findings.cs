namespace SensorApp.Chaos.Verification;

/// <summary>What a run proves wrong. Each entry is one sentence that starts with the file's id or the blob's key; all lists are empty when nothing is wrong.</summary>
public sealed record Findings
{
    /// <summary>Acknowledged files that have no final status in time, or are unknown.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>Acknowledged files whose results differ from what was sent.</summary>
    public required IReadOnlyList<string> Wrong { get; init; }

    /// <summary>Files whose final results changed after they were seen, that were published more than once, or that are not listed exactly once.</summary>
    public required IReadOnlyList<string> Twice { get; init; }

    /// <summary>Blobs, or uploads in parts, that no record leads to after the sweep, and records whose blob is gone.</summary>
    public required IReadOnlyList<string> Orphans { get; init; }

    public bool AreNone => Lost.Count + Wrong.Count + Twice.Count + Orphans.Count == 0;
}
