using System.Buffers;
using System.Net;
using System.Text;

namespace SensorApp.Workload;

/// <summary>
/// A multipart form with one CSV file in the field <c>file</c>, byte for byte what a browser sends. The framework's own form
/// content costs several times as much, and that would be measured as the service's.
/// </summary>
internal sealed class FileForm : HttpContent
{
    private const string Boundary = "----SensorAppWorkload7MA4YWxkTrZu0gW";

    private static readonly byte[] End = Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");

    private readonly byte[] _head;
    private readonly byte[] _content;

    /// <param name="name">File name; ASCII without quotes and line breaks.</param>
    /// <param name="content">The file; it does not hold the boundary.</param>
    public FileForm(string name, byte[] content)
    {
        _head = Encoding.ASCII.GetBytes(
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n");
        _content = content;
        Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={Boundary}");
    }

    private int Length => _head.Length + _content.Length + End.Length;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // In one piece: else what closes the form would travel, and be received, on its own. After a failure the array is not given back:
        // nobody says then that it is not being sent from any more.
        var body = ArrayPool<byte>.Shared.Rent(Length);
        _head.CopyTo(body, 0);
        _content.CopyTo(body, _head.Length);
        End.CopyTo(body, _head.Length + _content.Length);
        await stream.WriteAsync(body.AsMemory(0, Length), cancellationToken);
        ArrayPool<byte>.Shared.Return(body);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = Length;
        return true;
    }
}
