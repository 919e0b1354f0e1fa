using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SensorApp.Benchmarks.Cloud;

/// <summary>One connection that sends requests as they are and reads answers as far as it must. Not thread-safe.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task<RawConnection> OpenAsync(Uri server)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(server.Host, server.Port);
        return connection;
    }

    /// <summary>Sends one request and reads its answer.</summary>
    /// <returns>The body's length in bytes.</returns>
    /// <exception cref="InvalidOperationException">The answer is not 200.</exception>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        int length = 0, head;

        do
        {
            length += await ReceiveAsync(length);
            head = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        }
        while (head < 0);

        if (!_buffer.AsSpan(9, 3).SequenceEqual("200"u8))
            throw new InvalidOperationException(Encoding.UTF8.GetString(_buffer, 0, length));

        var body = ContentLength(_buffer.AsSpan(0, head));

        for (var left = head + 4 + body - length; left > 0;)
            left -= await ReceiveAsync(0);

        return body;
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> ReceiveAsync(int offset) =>
        await _socket.ReceiveAsync(_buffer.AsMemory(offset)) is > 0 and var count ? count : throw new InvalidOperationException("The server closed the connection.");

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        var value = at < 0 ? default : head[(at + name.Length)..];
        var end = value.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? value : value[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
