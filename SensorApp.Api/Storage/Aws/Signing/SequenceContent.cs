using System.Buffers;
using System.Net;

namespace SensorApp.Api.Storage.Aws.Signing;

/// <summary>A body that lies in memory in pieces, and can be sent any number of times. The pieces stay the sender's, unchanged until the request is answered.</summary>
internal sealed class SequenceContent(ReadOnlySequence<byte> content) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var piece in content)
        {
            await stream.WriteAsync(piece, cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = content.Length;
        return true;
    }
}
