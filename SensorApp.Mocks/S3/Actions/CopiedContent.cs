using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Core.Objects.Checksums;
using SensorApp.Mocks.S3.Payload;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>Bytes of one object taken in as those of another.</summary>
internal static class CopiedContent
{
    public static async Task<ReceivedContent> CopyAsync(
        ObjectStore store, ContentReader source, ByteRange range, ChecksumAlgorithm algorithm, CancellationToken cancellationToken)
    {
        using var hashes = new PayloadHashes(PayloadClaims.None, algorithm);
        await using var writer = store.NewContent(range.Length);

        await source.ReadAsync(range.First, range.Length, piece =>
        {
            hashes.Append(piece.Span);
            return writer.WriteAsync(piece, cancellationToken);
        }, cancellationToken);

        var (etag, checksum) = hashes.Finish(new Dictionary<string, string>());
        return new ReceivedContent(writer.Finish(), etag, checksum);
    }
}
