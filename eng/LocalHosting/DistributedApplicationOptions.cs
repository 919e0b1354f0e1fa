namespace Aspire.Hosting;

/// <summary>How an application is built.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The assembly that declares the application; null takes the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>No dashboard is started.</summary>
    public bool DisableDashboard { get; set; }
}
