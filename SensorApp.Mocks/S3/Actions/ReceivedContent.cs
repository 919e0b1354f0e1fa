using System.Buffers;
using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Core.Objects.Checksums;
using SensorApp.Mocks.S3.Payload;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>The body of a request, taken in and verified.</summary>
/// <param name="Checksum">The one that the client claims; the fallback's where it claims none.</param>
/// <param name="Second">The fallback's, where it was asked for and the client claims another; null otherwise.</param>
internal sealed record ReceivedContent(Segment Content, string ETag, Checksum Checksum, Checksum? Second = null)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Streams the body into the store's keeping, hashing it on the way. Nothing is kept of a body that fails.</summary>
    /// <param name="fallback">The checksum to compute when the client sends none.</param>
    /// <param name="alsoFallback">Whether it is to be computed in any case.</param>
    public static async Task<ReceivedContent> ReceiveAsync(
        S3Request request, ObjectStore store, ChecksumAlgorithm fallback = ChecksumAlgorithm.Crc64Nvme, bool alsoFallback = false)
    {
        using var hashes = new PayloadHashes(PayloadClaims.Of(request), fallback, alsoFallback);
        var payload = PayloadReader.Open(request, S3Limits.MostPutBytes);
        await using var writer = store.NewContent(payload.Length);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(payload.Length ?? BufferSize, 1, BufferSize));

        try
        {
            while (await payload.ReadAsync(buffer, request.Aborted) is > 0 and var count)
            {
                hashes.Append(buffer.AsSpan(0, count));
                await writer.WriteAsync(buffer.AsMemory(0, count), request.Aborted);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var (etag, checksum) = hashes.Finish(payload.Trailers);
        return new ReceivedContent(writer.Finish(), etag, checksum, hashes.FinishSecond());
    }
}
