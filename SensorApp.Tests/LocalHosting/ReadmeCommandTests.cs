using System.Diagnostics;
using System.Text.Json.Nodes;
using SensorApp.Tests.AppHost;

namespace SensorApp.Tests.LocalHosting;

/// <summary>Does what the README says: each of its commands is either run here, or by <c>.ci/run</c>.</summary>
public sealed class ReadmeCommandTests
{
    private const string Start = "dotnet run --project SensorApp.AppHost";
    private const string Test = "dotnet test";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_InTheirOrder_DoWhatTheReadmeSays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are for a shell with curl.");
        var commands = Commands();
        await using var appHost = AppHostProcess.StartWithDotnetRun();
        var api = AddressIn(await appHost.UntilPrintedAsync("  API  "));
        var answers = new List<JsonNode>();

        foreach (var command in commands.Where(command => command is not (Start or Test)))
        {
            Assert.StartsWith("curl ", command, StringComparison.Ordinal);
            var fileId = answers.Count == 0 ? "" : answers[0]["file_id"]!.GetValue<string>(); // every answer to an upload has one
            answers.Add(await RunAsync(command.Replace("http://localhost:8000", api, StringComparison.Ordinal).Replace("<file_id>", fileId, StringComparison.Ordinal)));
        }

        Assert.Contains(Start, commands);
        Assert.Contains("File uploaded successfully", answers[0]["message"]?.GetValue<string>(), StringComparison.Ordinal);
        Assert.All(answers, answer => Assert.Equal(answers[0]["file_id"]?.GetValue<string>(), answer["file_id"]?.GetValue<string>()));
        Assert.Equal(3, answers.Count);
    }

    [Fact]
    public void TestCommand_IsWhatContinuousIntegrationRuns()
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryFiles.Root, ".ci", "run"));

        Assert.Contains(Test, Commands());
        Assert.Contains(lines, line => line == Test || line.StartsWith(Test + " ", StringComparison.Ordinal));
    }

    /// <summary>The lines of all shell blocks.</summary>
    private static List<string> Commands()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "README.md"));
        var blocks = readme.Split("```").Where((_, part) => part % 2 == 1);
        return [.. blocks.Where(block => block.StartsWith("sh", StringComparison.Ordinal)).SelectMany(block => block.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1))];
    }

    /// <summary>The first address in a line.</summary>
    private static string AddressIn(string line) => line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0];

    private static async Task<JsonNode> RunAsync(string command)
    {
        var start = new ProcessStartInfo("sh", ["-c", command])
        {
            WorkingDirectory = RepositoryFiles.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!; // null only with UseShellExecute
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.Equal((0, command), (process.ExitCode, process.ExitCode == 0 ? command : $"{command}: {await error}"));
        return JsonNode.Parse(output) ?? throw new InvalidDataException($"{command} answered null.");
    }
}
