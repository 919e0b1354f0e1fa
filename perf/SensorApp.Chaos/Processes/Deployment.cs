using System.Globalization;

namespace SensorApp.Chaos.Processes;

/// <summary>One durable stand-in cloud and some API replicas, all real processes on free ports, in a folder of their own.</summary>
public sealed class Deployment : IAsyncDisposable
{
    private const string ApiDll = "SensorApp.Api.dll";
    private const string MocksDll = "SensorApp.Mocks.dll";
    private const string ChaosDll = "SensorApp.Chaos.dll";

    private readonly bool _keepFolder;

    private Deployment(string folder, ServiceProcess cloud, IReadOnlyList<ServiceProcess> replicas, bool keepFolder)
    {
        Folder = folder;
        Cloud = cloud;
        Replicas = replicas;
        _keepFolder = keepFolder;
    }

    /// <summary>Holds the data of the stand-in cloud and the output of every process.</summary>
    public string Folder { get; }

    public ServiceProcess Cloud { get; }

    public IReadOnlyList<ServiceProcess> Replicas { get; }

    /// <param name="plan">What to start.</param>
    /// <param name="keepFolder">Leave the folder for a look at what happened.</param>
    public static async Task<Deployment> StartAsync(DeploymentPlan plan, bool keepFolder, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sensorapp-chaos-").FullName;
        var ports = FreePort.Find(plan.Replicas + 1);
        var cloud = new ServiceProcess(
            "cloud", Loopback(ports[0]), "/_mocks/health", [MocksDll], new Dictionary<string, string> { ["MOCKS_DATA_DIR"] = Path.Combine(folder, "data") }, folder);
        var settings = plan.ApiSettings.Concat(DeploymentPlan.Defaults.ExceptBy(plan.ApiSettings.Keys, setting => setting.Key))
            .Append(new("AWS_ENDPOINT_URL", cloud.Address.ToString()))
            .ToDictionary();
        var replicas = Enumerable.Range(0, plan.Replicas)
            .Select(number => new ServiceProcess(
                string.Create(CultureInfo.InvariantCulture, $"api-{number}"), Loopback(ports[number + 1]), "/health", CommandOf(plan, number), settings, folder))
            .ToArray();

        var deployment = new Deployment(folder, cloud, replicas, keepFolder);

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

    /// <summary>Starts every replica anew with other settings.</summary>
    public async Task RestartReplicasAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        foreach (var replica in Replicas)
        {
            await replica.StopAsync(cancellationToken);

            foreach (var (name, value) in settings)
            {
                replica.SetEnvironment(name, value);
            }
        }

        await StartAllAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Replicas.Append(Cloud))
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
