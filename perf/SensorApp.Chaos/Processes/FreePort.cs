using System.Net;
using System.Net.Sockets;

namespace SensorApp.Chaos.Processes;

/// <summary>Ports for processes that must come back at the address where they were.</summary>
internal static class FreePort
{
    /// <summary>Ports that were free a moment ago, all different.</summary>
    public static int[] Find(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();

        try
        {
            return [.. listeners.Select(PortOf)];
        }
        finally
        {
            Array.ForEach(listeners, listener => listener.Dispose());
        }
    }

    private static int PortOf(TcpListener listener)
    {
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
