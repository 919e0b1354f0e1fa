using System.Globalization;

namespace SensorApp.Chaos.Processes;

/// <summary>One durable stand-in cloud and some API replicas, all real processes on free ports, in a folder of their own.</summary>
public sealed class Deployment : IAsyncDisposable
{
    private const string ApiDll = "SensorApp.Api.dll";
    private const string MocksDll = "SensorApp.Mocks.dll";
    private const string ChaosDll = "SensorApp.Chaos.dll";

    // At the end, when nothing is being uploaded, whatever nothing leads to may go at once.
    private static readonly Dictionary<string, string> SweepAtOnce = new()
    {
        ["Sweep__Every"] = "00:00:01",
        ["Sweep__OrphanAge"] = "00:00:01",
        ["Sweep__UploadStaleAfter"] = "00:00:02",
    };

    private readonly bool _keepFolder;
    private readonly ServiceProcess _sweeper;

    private Deployment(string folder, ServiceProcess cloud, IReadOnlyList<ServiceProcess> replicas, ServiceProcess sweeper, bool keepFolder)
    {
        Folder = folder;
        Cloud = cloud;
        Replicas = replicas;
        _sweeper = sweeper;
        _keepFolder = keepFolder;
    }

    /// <summary>Holds the data of the stand-in cloud and the output of every process.</summary>
    public string Folder { get; }

    public ServiceProcess Cloud { get; }

    public IReadOnlyList<ServiceProcess> Replicas { get; }

    /// <param name="plan">What to start.</param>
    /// <param name="pace">How patient it is.</param>
    /// <param name="keepFolder">Leave the folder for a look at what happened.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<Deployment> StartAsync(DeploymentPlan plan, Pace pace, bool keepFolder, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sensorapp-chaos-").FullName;
        var ports = FreePort.Find(plan.Replicas + 2);
        var cloud = new ServiceProcess(
            "cloud", Loopback(ports[0]), "/_mocks/health", [MocksDll], new Dictionary<string, string> { ["MOCKS_DATA_DIR"] = Path.Combine(folder, "data") }, folder);
        var settings = new Dictionary<string, string>(pace.Settings) { ["AWS_ENDPOINT_URL"] = cloud.Address.ToString() };
        var sweeping = SweepAtOnce.Concat(settings.ExceptBy(SweepAtOnce.Keys, setting => setting.Key)).ToDictionary();
        var replicas = Enumerable.Range(0, plan.Replicas)
            .Select(number => new ServiceProcess(
                string.Create(CultureInfo.InvariantCulture, $"api-{number}"), Loopback(ports[number + 2]), "/health", CommandOf(plan, number), settings, folder))
            .ToArray();
        var sweeper = new ServiceProcess("sweeper", Loopback(ports[1]), "/health", [ApiDll], sweeping, folder);
        var deployment = new Deployment(folder, cloud, replicas, sweeper, keepFolder);

        try
        {
            await deployment.StartAllAsync(cancellationToken);
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts whatever does not run, and waits until all are ready.</summary>
    public async Task StartAllAsync(CancellationToken cancellationToken)
    {
        if (!Cloud.IsRunning)
        {
            await Cloud.StartAsync(cancellationToken);
        }

        foreach (var replica in Replicas.Where(replica => !replica.IsRunning))
        {
            replica.Launch();
        }

        await Task.WhenAll(Replicas.Select(replica => replica.WaitUntilReadyAsync(cancellationToken)));
    }

    /// <summary>Starts one more replica, which sweeps whatever nothing leads to without waiting for it to be a day old. No upload may be under way.</summary>
    public Task StartSweeperAsync(CancellationToken cancellationToken) => _sweeper.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Replicas.Append(_sweeper).Append(Cloud))
        {
            await process.DisposeAsync();
        }

        if (!_keepFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static IReadOnlyList<string> CommandOf(DeploymentPlan plan, int number) =>
        plan.ReplicaArguments is { } arguments ? [ChaosDll, "replica", .. arguments(number)] : [ApiDll];

    private static Uri Loopback(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
}
