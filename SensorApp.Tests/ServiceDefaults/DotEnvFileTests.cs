using Microsoft.Extensions.Configuration;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Tests.ServiceDefaults;

public sealed class DotEnvFileTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("sensorapp-dotenv-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void AddTo_FileInWorkingDirectory_StandsAboveAppSettingsAndBelowTheEnvironment()
    {
        var prefix = $"SENSORAPP_TEST_{Guid.NewGuid():N}_";
        File.WriteAllText(Path.Combine(root.FullName, ".env"), $"# local\n{prefix}A=from .env\n{prefix}B=\"from .env\"\n");
        Environment.SetEnvironmentVariable(prefix + "B", "from environment");
        var builder = new ConfigurationBuilder()
            .AddInMemoryCollection([new(prefix + "A", "from appsettings"), new(prefix + "B", "from appsettings")])
            .AddEnvironmentVariables();

        DotEnvFile.AddTo(builder, root.FullName);

        var configuration = builder.Build();
        Environment.SetEnvironmentVariable(prefix + "B", null);
        Assert.Equal("from .env", configuration[prefix + "A"]);
        Assert.Equal("from environment", configuration[prefix + "B"]);
    }

    [Fact]
    public void AddTo_NoneInWorkingDirectory_TakesTheRepositoryRoots()
    {
        File.WriteAllText(Path.Combine(root.FullName, "SensorApp.sln"), "");
        File.WriteAllText(Path.Combine(root.FullName, ".env"), "PORT=9001\n");
        var project = root.CreateSubdirectory("SensorApp.Api");
        var builder = new ConfigurationBuilder();

        DotEnvFile.AddTo(builder, project.FullName);

        Assert.Equal(9001, KnownSettings.Port.Read(builder.Build()));
    }

    [Fact]
    public void AddTo_NoFileAnywhere_ChangesNothing()
    {
        File.WriteAllText(Path.Combine(root.FullName, "SensorApp.sln"), "");
        var builder = new ConfigurationBuilder();

        DotEnvFile.AddTo(builder, root.FullName);

        Assert.Empty(builder.Sources);
    }
}
