using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace SensorApp.ServiceDefaults.Transport;

/// <summary>How bytes come in and go out; public, so that a server with nothing behind it can be measured beside the services.</summary>
public static class TransportExtensions
{
    public static IServiceCollection AddTransport(this IServiceCollection services)
    {
        // What arrives goes to the thread pool at once, not by way of a queue: one change of threads less for each piece of a body.
        services.Configure<SocketTransportOptions>(sockets => sockets.IOQueueCount = 0);
        return services.AddSingleton<IMemoryPoolFactory<byte>, LargeBlocks>();
    }
}
