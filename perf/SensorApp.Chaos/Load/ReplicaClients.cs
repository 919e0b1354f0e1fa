using SensorApp.Chaos.Processes;
using SensorApp.Workload;

namespace SensorApp.Chaos.Load;

/// <summary>Asks whichever replica, as a load balancer without health checks would.</summary>
public sealed class ReplicaClients(Deployment deployment) : IDisposable
{
    private const int Connections = 32;

    private readonly SensorServiceClient[] _clients = [.. deployment.Replicas.Select(replica => new SensorServiceClient(replica.Address, Connections))];

    public SensorServiceClient Any() => _clients[Random.Shared.Next(_clients.Length)];

    /// <summary>The final results of a file; null when there are none yet, or when nobody answered.</summary>
    public async Task<FileResults?> TryGetFinalAsync(string fileId, CancellationToken cancellationToken)
    {
        try
        {
            return await Any().GetResultsAsync(fileId, cancellationToken) is { IsFinal: true } results ? results : null;
        }
        catch (Exception failure) when (SensorServiceClient.IsNetworkFailure(failure, cancellationToken))
        {
            return null;
        }
    }

    public void Dispose() => Array.ForEach(_clients, client => client.Dispose());
}
