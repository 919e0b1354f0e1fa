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

    /// <summary>Starts it on a free port and waits until it listens.</summary>
    public static async Task<MocksProcess> StartAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(MocksApplication).Assembly.Location]) { RedirectStandardOutput = true, WorkingDirectory = dataFolder };
        start.Environment["MOCKS_PORT"] = "0";
        start.Environment["MOCKS_DATA_DIR"] = Path.Combine(dataFolder, "data");
        start.Environment["LOG_LEVEL"] = "INFO";
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
