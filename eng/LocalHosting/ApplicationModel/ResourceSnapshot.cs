namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of a resource at one moment.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="State">One of <see cref="ResourceStates"/>.</param>
/// <param name="IsHealthy">It runs, and its health checks (if it has any) passed the last time.</param>
/// <param name="HealthDetail">Why it is not healthy; null when it is, or when nothing is known yet.</param>
/// <param name="ExitCode">Of the process that ended last; null while none did.</param>
/// <param name="Restarts">How often a person had it started again.</param>
internal sealed record ResourceSnapshot(
    IResource Resource, string State, bool IsHealthy = false, string? HealthDetail = null, int? ExitCode = null, int Restarts = 0)
{
    /// <summary>It will not become healthy unless it is started again.</summary>
    public bool IsUnavailable => State is ResourceStates.FailedToStart or ResourceStates.Exited or ResourceStates.Finished;

    /// <summary>Before that it starts by itself; a second start would only be in its way.</summary>
    public bool CanBeRestarted => State == ResourceStates.Running || IsUnavailable;
}
