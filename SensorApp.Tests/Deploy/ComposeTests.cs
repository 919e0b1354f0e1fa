using System.Text.RegularExpressions;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Tests.Deploy;

public sealed class ComposeTests
{
    private static readonly string Compose = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "deploy", "compose.yaml"));
    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "deploy", "Dockerfile"));

    [Fact]
    public async Task Config_WithoutAnySettings_IsValid()
    {
        var (exitCode, output) = await DockerCompose.ConfigAsync(TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Config_OfEachService_HasItsHealthCheckRestartAndReadOnlyRoot()
    {
        var (_, output) = await DockerCompose.ConfigAsync(TestContext.Current.CancellationToken);

        Assert.All(
            ["interval: 30s", "timeout: 10s", "retries: 3", "start_period: 40s", "restart: unless-stopped", "read_only: true", "sensor-network: null"],
            line => Assert.Equal(3, Regex.Count(output, $@"^ +{line}$", RegexOptions.Multiline)));
        Assert.Equal(2, Regex.Count(output, "condition: service_healthy"));
    }

    [Fact]
    public async Task Config_ForRealAws_PassesTheSettingsOnAndNoEndpoint()
    {
        var (exitCode, output) = await DockerCompose.ConfigAsync(
            TestContext.Current.CancellationToken, ("CLOUD", "aws"), ("AWS_ENDPOINT_URL", ""), ("BLOB_BUCKET", "my-files"), ("PORT", "9000"));

        Assert.True(exitCode == 0, output);
        Assert.Contains("CLOUD: aws", output, StringComparison.Ordinal);
        Assert.Contains("AWS_ENDPOINT_URL: ''", output, StringComparison.Ordinal);
        Assert.Contains("BLOB_BUCKET: my-files", output, StringComparison.Ordinal);
        Assert.Contains("published: 9000", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_EachSettingOfAService_ComesFromTheEnvironment()
    {
        // These decide what the AppHost starts.
        string[] ofTheAppHost = [KnownSettings.ApiReplicas.Name, KnownSettings.Ui.Name, KnownSettings.DashboardPort.Name];

        var missing = KnownSettings.All.Select(setting => setting.Name).Except(ofTheAppHost)
            .Where(name => !Regex.IsMatch(Compose, $@"\$\{{{name}[-:]"));

        Assert.Empty(missing);
    }

    [Fact]
    public void Dockerfile_EachServiceOfTheComposeFile_HasATarget()
    {
        var targets = Regex.Matches(Compose, "target: ([a-z]+)").Select(match => match.Groups[1].Value);

        Assert.Equal(["mocks", "api", "ui"], targets);
        Assert.All(targets, target => Assert.Contains($"FROM service AS {target}\n", Dockerfile, StringComparison.Ordinal));
    }

    [Fact]
    public void Dockerfile_EachStageThatRuns_IsNotRoot()
    {
        var user = Dockerfile.IndexOf("USER ${APP_UID}", StringComparison.Ordinal);
        var firstService = Dockerfile.IndexOf("FROM service AS", StringComparison.Ordinal);

        Assert.InRange(user, 1, firstService);
        Assert.DoesNotContain("USER root", Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Dockerfile_EachProjectItPublishes_Exists()
    {
        var projects = Regex.Matches(Dockerfile, @"dotnet publish (\S+)").Select(match => match.Groups[1].Value).ToArray();

        Assert.Equal(3, projects.Length);
        Assert.All(projects, project => Assert.True(File.Exists(Path.Combine(RepositoryFiles.Root, project)), project));
    }
}
