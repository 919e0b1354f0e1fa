using System.Diagnostics;

namespace SensorApp.Tests.AppHost;

/// <summary>Runs the <c>dotnet</c> command as a person would, free of what the test run itself was started with, and leaving no process behind.</summary>
internal static class DotnetCommand
{
    /// <summary>Far above what a command takes, so that only one that hangs ends by it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>A build leaves processes running for the next one; they would outlive the test run.</summary>
    private static readonly Dictionary<string, string?> NoBuildServers = new()
    {
        ["UseSharedCompilation"] = "false",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
    };

    /// <summary>Runs a command to its end.</summary>
    public static async Task<CommandResult> RunAsync(
        string workingDirectory, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        using var process = Start(workingDirectory, environment, arguments);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Starts a command with its output redirected.</summary>
    public static Process Start(string workingDirectory, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (var inherited in start.Environment.Keys.Where(IsOfTheTestRun).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in NoBuildServers.Concat(environment))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!; // null only with UseShellExecute
    }

    private static bool IsOfTheTestRun(string variable) =>
        variable.Equals("UseAspire", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);
}
