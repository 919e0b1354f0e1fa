using System.Collections.ObjectModel;
using System.Security.Cryptography;

namespace SensorApp.Mocks.S3.Payload;

/// <summary>A body as it is, with or without its SHA-256 announced.</summary>
/// <param name="length">Null when it comes in HTTP's own chunks, which end when they end.</param>
/// <param name="mostBytes">How many bytes are taken.</param>
internal sealed class PlainPayload(Stream body, long? length, long mostBytes, string? sha256) : IPayload
{
    private readonly IncrementalHash? _hash = sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;

    public long? Length => length;

    public IReadOnlyDictionary<string, string> Trailers => ReadOnlyDictionary<string, string>.Empty;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        _hash?.AppendData(buffer.Span[..count]);
        _read += count;

        if (_read > mostBytes)
            throw new S3Exception("EntityTooLarge");

        if (_read > length)
            throw new S3Exception("IncompleteBody");

        if (count == 0)
            Verify();

        return count;
    }

    private void Verify()
    {
        if (length is not null && _read != length)
            throw new S3Exception("IncompleteBody");

        if (_hash is null)
            return;

        var computed = Convert.ToHexStringLower(_hash.GetHashAndReset());

        if (!computed.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new S3Exception("XAmzContentSHA256Mismatch", null,
                ("ClientComputedContentSHA256", sha256!), ("S3ComputedContentSHA256", computed)); // there is no hash without it
        }
    }
}
