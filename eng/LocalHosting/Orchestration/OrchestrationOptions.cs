using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>What is to run, and how.</summary>
internal sealed record OrchestrationOptions
{
    /// <summary>In the order of their declaration.</summary>
    public required IReadOnlyList<ProjectResource> Projects { get; init; }

    /// <summary>Public ports are free ones, whatever was declared.</summary>
    public required bool RandomizePorts { get; init; }

    /// <summary>No dashboard, as in tests: whoever waits decides what a failure means. Otherwise a service that does not come up ends the application.</summary>
    public required bool IsTest { get; init; }
}
