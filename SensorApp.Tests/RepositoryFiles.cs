using SensorApp.ServiceDefaults;

namespace SensorApp.Tests;

/// <summary>Finds files of the repository from wherever the tests run.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = RepositoryRoot.Find(AppContext.BaseDirectory)
        ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds SensorApp.sln.");

    public static string Sample(string name) => Path.Combine(Root, "sample_data", name);
}
