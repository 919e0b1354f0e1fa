namespace Aspire.Hosting;

/// <summary>Where a project that the AppHost starts lies.</summary>
public interface IProjectMetadata
{
    /// <summary>Full path of the project file.</summary>
    string ProjectPath { get; }
}
