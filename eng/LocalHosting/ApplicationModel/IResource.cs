namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that the AppHost declares.</summary>
public interface IResource
{
    /// <summary>The name, unique in the application.</summary>
    string Name { get; }
}
