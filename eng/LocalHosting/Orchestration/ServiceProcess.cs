using System.Diagnostics;
using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// A process of a built .NET project. Its standard input is a pipe that only the AppHost holds: when the AppHost dies,
/// however it does, the pipe closes and <see cref="StartupHook"/> ends the process.
/// </summary>
internal sealed class ServiceProcess
{
    /// <summary>Time to stop after SIGTERM before it is killed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Process process;

    private ServiceProcess(Process process, Action<string> onLine)
    {
        this.process = process;
        Ended = EndAsync(onLine);
    }

    /// <summary>Completes with the exit code when the process has ended and its output was read.</summary>
    public Task<int> Ended { get; }

    /// <summary>Starts a replica.</summary>
    /// <param name="project">The built project.</param>
    /// <param name="environment">Its whole environment.</param>
    /// <param name="onLine">Gets each line of standard output and error, whole; called from several threads.</param>
    /// <exception cref="DistributedApplicationException">It is not built, or the system does not start it.</exception>
    public static ServiceProcess Start(ProjectResource project, IReadOnlyDictionary<string, string> environment, Action<string> onLine)
    {
        if (!File.Exists(project.AssemblyPath))
        {
            throw new DistributedApplicationException($"{project.AssemblyPath} is missing. Build the AppHost: dotnet build");
        }

        var start = new ProcessStartInfo(DotnetPath(), ["exec", project.AssemblyPath, .. project.Arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(project.ProjectPath),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new ServiceProcess(Process.Start(start)!, onLine); // null only with UseShellExecute
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new DistributedApplicationException($"{start.FileName} cannot be started: {failure.Message}");
        }
    }

    /// <summary>Asks the process to stop; kills it with all its children when it has not after <see cref="Grace"/>. Call it once, also when it ended by itself.</summary>
    public async Task StopAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            process.StandardInput.Close();
        }
        else if (!process.HasExited)
        {
            Posix.Terminate(process.Id);
        }

        try
        {
            await Ended.WaitAsync(Grace, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await Ended;
        }

        process.Dispose();
    }

    private async Task<int> EndAsync(Action<string> onLine)
    {
        var output = Task.WhenAll(ForwardAsync(process.StandardOutput, onLine), ForwardAsync(process.StandardError, onLine));
        await process.WaitForExitAsync();

        // A grandchild that outlives the process keeps the pipes open; what the process itself wrote is read by then.
        await Task.WhenAny(output, Task.Delay(TimeSpan.FromSeconds(1)));
        return process.ExitCode;
    }

    private static async Task ForwardAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(line);
        }
    }

    /// <summary>The <c>dotnet</c> that runs the AppHost, whether or not one is on the path.</summary>
    private static string DotnetPath() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
