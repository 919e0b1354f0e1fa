using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using SensorApp.Mocks;

namespace SensorApp.Tests.Mocks;

/// <summary>The stand-in cloud as a process of its own, to be killed.</summary>
internal sealed class MocksProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private MocksProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Whether a disk can be mounted that only the process itself sees.</summary>
    public static async Task<bool> CanMountAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            return false;

        using var attempt = Process.Start(new ProcessStartInfo("sh", ["-c", "unshare --mount sh -c 'mount -t tmpfs none /mnt' 2>/dev/null"]));
        await attempt!.WaitForExitAsync(cancellationToken); // sh is on every Linux
        return attempt.ExitCode == 0;
    }

    /// <summary>Starts it on a disk of a given size in memory, which goes with the process.</summary>
    /// <param name="size">As mount writes it: <c>8m</c>.</param>
    public static Task<MocksProcess> StartOnSmallDiskAsync(string folder, string size, CancellationToken cancellationToken)
    {
        var data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        var command = $"mount -t tmpfs -o size={size} none \"$1\" && exec dotnet \"$0\"";
        return StartAsync(new ProcessStartInfo("unshare", ["--mount", "sh", "-c", command, typeof(MocksApplication).Assembly.Location, data]), folder, cancellationToken);
    }

    /// <summary>Starts it on a free port and waits until it listens.</summary>
    public static Task<MocksProcess> StartAsync(string dataFolder, CancellationToken cancellationToken) =>
        StartAsync(new ProcessStartInfo("dotnet", [typeof(MocksApplication).Assembly.Location]), dataFolder, cancellationToken);

    private static async Task<MocksProcess> StartAsync(ProcessStartInfo start, string dataFolder, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.WorkingDirectory = dataFolder;
        start.Environment["MOCKS_PORT"] = "0";
        start.Environment["MOCKS_DATA_DIR"] = Path.Combine(dataFolder, "data");
        start.Environment["LOG_LEVEL"] = "INFO";
        // A killed process would leave its debugger's sockets behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment.Remove("ASPNETCORE_URLS");
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");

        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            var at = line.IndexOf(Listening, StringComparison.Ordinal);

            if (at < 0)
                continue;

            // What follows must be read by someone, or the process stops when the pipe is full.
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new MocksProcess(process, new Uri(line[(at + Listening.Length)..].Trim()));
        }

        throw new InvalidOperationException("The stand-in cloud ended before it listened.");
    }

    public AmazonS3Client S3() => new(
        new BasicAWSCredentials(MocksServer.AccessKey, MocksServer.SecretKey),
        new AmazonS3Config { ServiceURL = Address.ToString(), ForcePathStyle = true, MaxErrorRetry = 0, AuthenticationRegion = "us-east-1", UseHttp = true });

    public AmazonDynamoDBClient DynamoDb() => new(
        new BasicAWSCredentials(MocksServer.AccessKey, MocksServer.SecretKey),
        new AmazonDynamoDBConfig { ServiceURL = Address.ToString(), MaxErrorRetry = 0, AuthenticationRegion = "us-east-1" });

    /// <summary>The most memory that it has used so far, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed by the process.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();

        _process.Dispose();
    }
}
