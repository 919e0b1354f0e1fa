using System.Diagnostics;
using System.Text.Json.Nodes;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

using Microsoft.Extensions.Logging;

using SensorApp.Mocks;
using SensorApp.ServiceDefaults.Transport;

namespace SensorApp.Benchmarks.Cloud;

/// <summary>A server in a process of its own.</summary>
internal sealed class CloudServer : IDisposable
{
    private readonly Process _process;

    private CloudServer(CloudServerKind kind, Process process, Uri address) => (Kind, _process, Address) = (kind, process, address);

    public CloudServerKind Kind { get; }

    public Uri Address { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The child's side: kind and data folder. Prints its address and serves until its input ends.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        await using var app = Enum.Parse<CloudServerKind>(args[0]) switch
        {
            CloudServerKind.Static => Nothing(),
            CloudServerKind.Memory => Cloud(""),
            _ => Cloud(args[1]),
        };
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>The parent's side.</summary>
    public static async Task<CloudServer> StartAsync(CloudServerKind kind, string dataFolder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["cloud-serve", $"{kind}", dataFolder]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The {kind} server did not start.");
        return new CloudServer(kind, process, new Uri(address));
    }

    /// <summary>Writes and flushes so far; zero of a server that stores nothing.</summary>
    public async Task<(long Writes, long Commits)> CountsAsync()
    {
        if (Kind is CloudServerKind.Static)
            return default;

        using var client = new HttpClient();
        var storage = JsonNode.Parse(await client.GetStringAsync(new Uri(Address, "/_mocks/state")))!["storage"]!;
        return ((long)storage["writes"]!, (long)storage["commits"]!);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static WebApplication Cloud(string dataFolder) => MocksApplication.Build(
        ["--urls=http://127.0.0.1:0", $"--MOCKS_DATA_DIR={dataFolder}", $"--MOCKS_ACCESS_KEYS={SignedRequest.AccessKey}:{SignedRequest.SecretKey}", "--LOG_LEVEL=WARNING"]);

    private static WebApplication Nothing()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.AddTransport();
        builder.WebHost.ConfigureKestrel(MocksApplication.AcceptWhatCloudsAccept);
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        });
        return app;
    }
}
