namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource reached a state that was waited for.</summary>
public sealed class ResourceEvent
{
    internal ResourceEvent(IResource resource) => Resource = resource;

    /// <summary>The resource.</summary>
    public IResource Resource { get; }
}
