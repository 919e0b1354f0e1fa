namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that can wait for another one before it starts.</summary>
public interface IResourceWithWaitSupport : IResource;
