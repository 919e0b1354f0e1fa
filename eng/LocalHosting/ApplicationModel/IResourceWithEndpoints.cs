namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that can be reached under addresses.</summary>
public interface IResourceWithEndpoints : IResource;
