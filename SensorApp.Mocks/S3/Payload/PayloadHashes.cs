using System.Security.Cryptography;
using SensorApp.Mocks.Core.Objects.Checksums;

namespace SensorApp.Mocks.S3.Payload;

/// <summary>Hashes the bytes of a body as they pass and holds them against what the client claims.</summary>
/// <param name="fallback">The checksum to compute when the client claims none; S3 keeps one for every object.</param>
/// <param name="alsoFallback">Whether it is to be computed beside another that the client claims.</param>
internal sealed class PayloadHashes(
    PayloadClaims claims, ChecksumAlgorithm fallback = ChecksumAlgorithm.Crc64Nvme, bool alsoFallback = false) : IDisposable
{
    private readonly ChecksumAlgorithm _algorithm = claims.Algorithm ?? fallback;
    private readonly RunningChecksum _checksum = RunningChecksum.Of(claims.Algorithm ?? fallback);
    private readonly RunningChecksum? _second = alsoFallback && claims.Algorithm is { } claimed && claimed != fallback ? RunningChecksum.Of(fallback) : null;
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _md5.AppendData(bytes);
        _checksum.Append(bytes);
        _second?.Append(bytes);
    }

    /// <returns>The MD5 in hexadecimal, which is the entity tag, and the checksum.</returns>
    /// <exception cref="S3Exception">BadDigest: the bytes are not what the client claims.</exception>
    public (string ETag, Checksum Checksum) Finish(IReadOnlyDictionary<string, string> trailers)
    {
        var md5 = _md5.GetHashAndReset();

        if (claims.Md5 is not null && !md5.AsSpan().SequenceEqual(claims.Md5))
        {
            throw new S3Exception("BadDigest", "The Content-MD5 you specified did not match what we received.",
                ("ExpectedDigest", Convert.ToHexStringLower(claims.Md5)), ("CalculatedDigest", Convert.ToBase64String(md5)));
        }

        var computed = Convert.ToBase64String(_checksum.Finish());

        if (claims.Algorithm is { } algorithm)
        {
            var claimed = claims.Value ?? ChecksumNames.Validate(algorithm, trailers.GetValueOrDefault(algorithm.Header(), ""));

            if (claimed != computed)
                throw new S3Exception("BadDigest", $"The {algorithm.Name()} you specified did not match the calculated checksum.");
        }

        return (Convert.ToHexStringLower(md5), new Checksum(_algorithm, ChecksumType.FullObject, computed));
    }

    /// <summary>The fallback's checksum of all the bytes, where one was asked for beside the claimed one; null otherwise.</summary>
    public Checksum? FinishSecond() =>
        _second is null ? null : new Checksum(fallback, ChecksumType.FullObject, Convert.ToBase64String(_second.Finish()));

    public void Dispose()
    {
        _second?.Dispose();
        _md5.Dispose();
        _checksum.Dispose();
    }
}
