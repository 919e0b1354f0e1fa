namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource waits for.</summary>
/// <param name="Resource">The other resource.</param>
/// <param name="UntilHealthy">False: it need only run.</param>
internal sealed record Dependency(IResource Resource, bool UntilHealthy);
