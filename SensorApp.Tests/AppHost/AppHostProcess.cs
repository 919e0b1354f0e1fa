using System.Diagnostics;

namespace SensorApp.Tests.AppHost;

/// <summary>The AppHost as a process of its own, on free ports, with its data in a folder of its own.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("sensorapp-apphost-").FullName;
    private readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private AppHostProcess(params (string Name, string Value)[] settings)
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
        Process = DotnetCommand.Start(folder, environment, Assembly);
    }

    public Process Process { get; }

    private static string Assembly
    {
        get
        {
            // …/bin/<configuration>/<framework>/ is the same for both projects.
            var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(Projects.SensorApp_AppHost.ProjectPath, "bin", framework.Parent!.Name, framework.Name, "SensorApp.AppHost.dll"); // see above
        }
    }

    public static AppHostProcess Start(params (string Name, string Value)[] settings) => new(settings);

    /// <summary>Reads the console until a line contains the text.</summary>
    public async Task UntilPrintedAsync(string text)
    {
        while (await Process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The AppHost ended without printing '{text}': {await Process.StandardError.ReadToEndAsync(patience.Token)}");
    }

    /// <summary>Waits for the end.</summary>
    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        // Read on, so that nobody waits for a full pipe.
        var output = Process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = await Process.StandardError.ReadToEndAsync(patience.Token);
        await output;
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
