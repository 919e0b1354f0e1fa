namespace Aspire.Hosting;

/// <summary>Why an application is built.</summary>
public sealed class DistributedApplicationExecutionContext
{
    internal DistributedApplicationExecutionContext()
    {
    }

    /// <summary>To run it: local hosting does nothing else.</summary>
    public bool IsRunMode { get; } = true;

    /// <summary>To write a manifest of it: only Aspire does.</summary>
    public bool IsPublishMode { get; }
}
