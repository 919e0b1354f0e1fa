using System.Diagnostics;

namespace SensorApp.Tests.AppHost;

/// <summary>The AppHost as a process of its own, on free ports, with its data in a folder of its own.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string folder = Directory.CreateTempSubdirectory("sensorapp-apphost-").FullName;
    private readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ProcessOutput output;

    private AppHostProcess(string[] command, (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string?>
        {
            ["PORT"] = "0",
            ["UI_PORT"] = "0",
            ["MOCKS_PORT"] = "0",
            ["DASHBOARD_PORT"] = "0",
            ["MOCKS_DATA_DIR"] = Path.Combine(folder, "mocks"),
            ["FileLog__Enabled"] = "false",
            ["DOTNET_ENVIRONMENT"] = "Development",
        };

        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        patience.CancelAfter(Patience);
        Process = DotnetCommand.Start(folder, environment, command);
        output = new ProcessOutput(Process);
    }

    public Process Process { get; }

    /// <summary>…/bin/configuration/framework/ is the same for the tests and the AppHost.</summary>
    private static DirectoryInfo Framework { get; } = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private static string Configuration => Framework.Parent!.Name; // see above

    private static string Assembly => Path.Combine(Projects.SensorApp_AppHost.ProjectPath, "bin", Configuration, Framework.Name, "SensorApp.AppHost.dll");

    public static AppHostProcess Start(params (string Name, string Value)[] settings) => new([Assembly], settings);

    /// <summary>As a person starts it, but for the build, which would disturb the tests that run from the same files.</summary>
    public static AppHostProcess StartWithDotnetRun() =>
        new(["run", "--no-build", "--configuration", Configuration, "--project", Projects.SensorApp_AppHost.ProjectPath], [("UseAspire", "false")]);

    /// <summary>Reads the console until a line contains the text.</summary>
    /// <returns>The line.</returns>
    public async Task<string> UntilPrintedAsync(string text)
    {
        try
        {
            await foreach (var line in output.Lines.ReadAllAsync(patience.Token))
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"The AppHost runs and has not printed '{text}'. Its last lines:{Environment.NewLine}{output.Last}");
        }

        var (exitCode, _) = await EndAsync();
        throw new InvalidOperationException($"The AppHost ended with exit code {exitCode} and has not printed '{text}'. Its last lines:{Environment.NewLine}{output.Last}");
    }

    /// <summary>Waits for the end.</summary>
    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        var error = await output.Error.WaitAsync(patience.Token);
        await Process.WaitForExitAsync(patience.Token);
        return (Process.ExitCode, error);
    }

    public ValueTask DisposeAsync()
    {
        Process.Kill(entireProcessTree: true);
        Process.Dispose();
        patience.Dispose();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
