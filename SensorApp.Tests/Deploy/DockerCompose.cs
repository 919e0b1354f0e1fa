using System.ComponentModel;
using System.Diagnostics;

namespace SensorApp.Tests.Deploy;

/// <summary>Runs <c>docker-compose config</c>, which reads and checks a compose file without a container engine.</summary>
internal static class DockerCompose
{
    private const string Required = "REQUIRE_COMPOSE";

    /// <summary>The compose file as the tool understands it, with the given environment and no other settings.</summary>
    public static async Task<(int ExitCode, string Output)> ConfigAsync(CancellationToken cancellationToken, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("docker-compose", ["--file", Path.Combine(RepositoryFiles.Root, "deploy", "compose.yaml"), "config"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = path;

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable(Required) is not "1")
        {
            Assert.Skip($"docker-compose is not installed; {Required}=1 makes this a failure.");
            throw;
        }
    }
}
