using System.Net;
using System.Net.Sockets;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.AppHost;

/// <summary>Checks what a process would stumble over after it was started.</summary>
internal static class Needs
{
    /// <exception cref="StartRefusedException">Something listens on the port.</exception>
    public static void FreePort(Setting setting, int? port, string user)
    {
        if (port is { } number && (IsTaken(IPAddress.Loopback, number) || IsTaken(IPAddress.IPv6Loopback, number)))
        {
            throw new StartRefusedException(FormattableString.Invariant(
                $"Port {number} for {user} is taken. Stop what listens on it, or set {setting.Name} to another port (0 takes a free one)."));
        }
    }

    /// <exception cref="StartRefusedException">The folder cannot be made or written to.</exception>
    public static void WritableFolder(Setting setting, string? path)
    {
        if (path is null)
        {
            return;
        }

        if (File.Exists(path))
        {
            throw new StartRefusedException($"{path} is a file, and the stand-in cloud needs a folder. Set {setting.Name} to one.");
        }

        try
        {
            Directory.CreateDirectory(path);
            File.Create(Path.Combine(path, Path.GetRandomFileName()), 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The stand-in cloud cannot write to {path} ({failure.Message}). Make the folder writable, or set {setting.Name} to another one.");
        }
    }

    private static bool IsTaken(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

            // Lets a port through that only connections in TIME_WAIT still hold; Windows gives the option another meaning.
            if (!OperatingSystem.IsWindows())
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return false;
        }
        catch (SocketException failure)
        {
            // Without IPv6 the address is not there at all.
            return failure.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
        }
    }
}
