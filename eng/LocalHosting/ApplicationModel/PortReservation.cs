using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A port, and the sockets that keep it from others until the process that is to listen on it does: bound, not
/// listening, on both loopback addresses, as a server on <c>localhost</c> takes both.
/// </summary>
internal sealed class PortReservation : IDisposable
{
    private readonly Socket[] sockets;

    private PortReservation(int port, params Socket[] sockets) => (Port, this.sockets) = (port, sockets);

    public int Port { get; }

    public static PortReservation Fixed(int port) => new(port);

    public static PortReservation Free()
    {
        while (true)
        {
            var first = Bind(IPAddress.Loopback, 0);
            var port = ((IPEndPoint)first.LocalEndPoint!).Port; // bound above

            if (!Socket.OSSupportsIPv6)
            {
                return new PortReservation(port, first);
            }

            try
            {
                return new PortReservation(port, first, Bind(IPAddress.IPv6Loopback, port));
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                first.Dispose();
            }
            catch (SocketException)
            {
                // IPv6 is compiled in but has no loopback address here.
                return new PortReservation(port, first);
            }
        }
    }

    /// <summary>
    /// Lets a process that starts now listen. On Linux it can beside the bound sockets, so they stay: a process needs seconds to
    /// get that far, and meanwhile the system would give the port to whoever asks for a free one. Elsewhere they have to go.
    /// </summary>
    public void Release()
    {
        if (!OperatingSystem.IsLinux())
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }
    }

    private static Socket Bind(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }
}
