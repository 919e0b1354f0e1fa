using System.Buffers;
using SensorApp.Mocks.Core.Tables;

namespace SensorApp.Mocks.DynamoDb.Wire;

/// <summary>The bytes of a request, in a pooled buffer that goes back when this is disposed.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBytes = 4096;

    private byte[] _buffer;
    private int _length;

    private RequestBody(int expected) => _buffer = ArrayPool<byte>.Shared.Rent(expected);

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <returns>Null when the request is larger than the service takes.</returns>
    public static async Task<RequestBody?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > TableLimits.RequestBytes)
            return null;

        var body = new RequestBody((int)(request.ContentLength ?? FirstBytes) + 1);

        try
        {
            if (await body.FillAsync(request.Body, request.ContentLength, cancellationToken))
                return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }

        body.Dispose();
        return null;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <param name="announced">How many bytes there are; null when the client does not say.</param>
    /// <returns>False when there is more than the service takes.</returns>
    private async Task<bool> FillAsync(Stream stream, long? announced, CancellationToken cancellationToken)
    {
        // The server lets no body be shorter than announced, so there is no need to wait for its end.
        while (_length != announced && await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken) is > 0 and var read)
        {
            _length += read;

            if (_length > TableLimits.RequestBytes)
                return false;

            if (_length == _buffer.Length)
                Grow();
        }

        return true;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
