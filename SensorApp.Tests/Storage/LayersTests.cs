namespace SensorApp.Tests.Storage;

public sealed class LayersTests
{
    [Fact]
    public void Sdk_IsKnownToTheStorageFolderOnly()
    {
        var api = Path.Combine(RepositoryFiles.Root, "SensorApp.Api");
        var storage = Path.Combine(api, "Storage") + Path.DirectorySeparatorChar;
        var sources = Directory.EnumerateFiles(api, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        var offenders = sources.Where(path => !path.StartsWith(storage, StringComparison.Ordinal) && File.ReadAllText(path).Contains("Amazon.", StringComparison.Ordinal));

        Assert.Empty(offenders);
    }
}
