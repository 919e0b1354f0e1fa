namespace SensorApp.Tests.Deploy;

/// <summary>Runs <c>docker-compose config</c>, which reads and checks a compose file without a container engine.</summary>
internal static class DockerCompose
{
    private static readonly ExternalTool Tool = new("docker-compose", "REQUIRE_COMPOSE", "Debian: apt install docker-compose");

    /// <summary>The compose file as the tool understands it, with the given environment and no other settings.</summary>
    public static Task<(int ExitCode, string Output)> ConfigAsync(CancellationToken cancellationToken, params (string Name, string Value)[] environment) => Tool.RunAsync(
        ["--file", Path.Combine(RepositoryFiles.Root, "deploy", "compose.yaml"), "config"],
        start =>
        {
            var path = Environment.GetEnvironmentVariable("PATH");
            start.Environment.Clear();
            start.Environment["PATH"] = path;

            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }
        },
        cancellationToken);
}
