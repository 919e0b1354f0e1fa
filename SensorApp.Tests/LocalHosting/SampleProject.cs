using Aspire.Hosting;

namespace SensorApp.Tests.LocalHosting;

/// <summary>The project of <c>Service/Program.cs</c>, as a resource.</summary>
public sealed class SampleProject : IProjectMetadata
{
    public string ProjectPath { get; } = Path.Combine(RepositoryFiles.Root, "SensorApp.Tests", "LocalHosting", "Service", "SampleService.csproj");
}
