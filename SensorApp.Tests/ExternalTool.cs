using System.ComponentModel;
using System.Diagnostics;

namespace SensorApp.Tests;

/// <summary>A program from elsewhere that a test needs. Where it is not installed the test is skipped, or fails when it is required.</summary>
/// <param name="name">Its command.</param>
/// <param name="required">The environment variable that makes its absence a failure when it is 1.</param>
/// <param name="install">How to get it.</param>
internal sealed class ExternalTool(string name, string required, string install)
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="configure">Sets its working directory or environment; null leaves them as they are.</param>
    /// <param name="cancellationToken">Ends the wait; the program is then killed.</param>
    public async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, Action<ProcessStartInfo>? configure, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        configure?.Invoke(start);
        using var process = Start(start);

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!; // null only when a shell would reuse a process
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable(required) is not "1")
        {
            Assert.Skip($"{name} is not installed ({install}); {required}=1 makes this a failure.");
            throw;
        }
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
