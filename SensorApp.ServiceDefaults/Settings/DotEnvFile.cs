using dotenv.net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace SensorApp.ServiceDefaults.Settings;

/// <summary>Adds the lines of a <c>.env</c> file to the configuration: above <c>appsettings.json</c>, below the environment.</summary>
public static class DotEnvFile
{
    private const string FileName = ".env";

    /// <summary>Reads <c>.env</c> in <paramref name="workingDirectory"/>, else in the repository root above it. Without such a file nothing changes.</summary>
    public static void AddTo(IConfigurationBuilder configuration, string workingDirectory)
    {
        if (Find(workingDirectory) is not { } path)
        {
            return;
        }

        var lines = DotEnv.Read(new DotEnvOptions(envFilePaths: [path], ignoreExceptions: false));
        var source = new MemoryConfigurationSource { InitialData = lines.Select(line => new KeyValuePair<string, string?>(line.Key, line.Value)) };

        // The last environment source is the one without a prefix; DOTNET_ and ASPNETCORE_ ones come before it.
        var environment = configuration.Sources.OfType<EnvironmentVariablesConfigurationSource>().LastOrDefault();
        var position = environment is null ? configuration.Sources.Count : configuration.Sources.IndexOf(environment);
        configuration.Sources.Insert(position, source);
    }

    private static string? Find(string workingDirectory)
    {
        string?[] folders = [workingDirectory, RepositoryRoot.Find(workingDirectory)];
        return folders.OfType<string>().Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);
    }
}
