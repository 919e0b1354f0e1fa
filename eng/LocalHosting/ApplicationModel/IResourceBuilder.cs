namespace Aspire.Hosting.ApplicationModel;

/// <summary>Describes a resource further.</summary>
public interface IResourceBuilder<out T>
    where T : IResource
{
    /// <summary>The application that the resource belongs to.</summary>
    IDistributedApplicationBuilder ApplicationBuilder { get; }

    /// <summary>The resource that is described.</summary>
    T Resource { get; }
}
