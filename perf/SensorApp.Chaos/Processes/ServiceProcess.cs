using System.Diagnostics;
using System.Globalization;

namespace SensorApp.Chaos.Processes;

/// <summary>One service as a real process of its own, which can be started again at the same address after it was killed.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(50);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly ProcessStartInfo _start;
    private readonly StreamWriter _output;
    private readonly Uri _health;
    private Process? _process;

    /// <param name="name">For people, and for the file that takes its output.</param>
    /// <param name="address">Where it will listen.</param>
    /// <param name="healthPath">Answers 200 when it is ready.</param>
    /// <param name="command">A built dll in this program's folder, and its arguments.</param>
    /// <param name="environment">Its settings, on top of this process's environment.</param>
    /// <param name="folder">Takes the output.</param>
    public ServiceProcess(
        string name, Uri address, string healthPath, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string folder)
    {
        Name = name;
        Address = address;
        _health = new Uri(address, healthPath);
        _output = TextWriterFor(folder, name);
        _start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, command[0]), .. command.Skip(1)])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _start.Environment["ASPNETCORE_URLS"] = address.ToString();
        _start.Environment["FileLog__Enabled"] = "false";
        // A killed process would leave the runtime's diagnostic sockets and pipes among the machine's temporary files.
        _start.Environment["DOTNET_EnableDiagnostics"] = "0";
        // The working directory holds no appsettings.json: libraries would tell of every request and every try.
        _start.Environment["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning";
        _start.Environment["Logging__LogLevel__Polly"] = "Error";
        _start.Environment["Logging__LogLevel__System.Net.Http"] = "Warning";

        foreach (var (key, value) in environment)
        {
            _start.Environment[key] = value;
        }
    }

    public string Name { get; }

    public Uri Address { get; }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Exit code of the last run; null while it runs or before the first start.</summary>
    public int? ExitCode => _process is { HasExited: true } ended ? ended.ExitCode : null;

    /// <summary>Starts it without waiting until it is ready.</summary>
    public void Launch()
    {
        _process?.Dispose();
        _process = new Process { StartInfo = _start };
        _process.OutputDataReceived += (_, line) => Write(line.Data);
        _process.ErrorDataReceived += (_, line) => Write(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Write(string.Create(CultureInfo.InvariantCulture, $"-- started as process {_process.Id}"));
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead, or was not ready in time.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Launch();
        await WaitUntilReadyAsync(cancellationToken);
    }

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();

        while (!await IsReadyAsync(cancellationToken))
        {
            if (!IsRunning || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                throw new InvalidOperationException($"{Name} did not become ready ({(IsRunning ? "too slow" : "it ended")}).");
            }

            await Task.Delay(HealthInterval, cancellationToken);
        }
    }

    /// <summary>Ends it at once, as a power cut would; what it was doing stays half done.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
            Write("-- killed");
        }
    }

    /// <summary>Asks it to end and waits for that.</summary>
    /// <exception cref="TimeoutException">It did not end within its grace time.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_process is { HasExited: false } running)
        {
            ProcessSignal.SendTerminate(running);
            await running.WaitForExitAsync(cancellationToken).WaitAsync(StopLimit, cancellationToken);
            Write("-- stopped");
        }
    }

    /// <summary>Freezes it: its connections stay open, its clock goes on, it does nothing.</summary>
    public void Pause() => ProcessSignal.SendStop(_process!);

    public void Resume() => ProcessSignal.SendContinue(_process!);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        await _output.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(_health, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Write(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.WriteLine(line);
            }
        }
    }

    private static StreamWriter TextWriterFor(string folder, string name) =>
        new(Path.Combine(folder, name + ".log"), append: true) { AutoFlush = true };
}
