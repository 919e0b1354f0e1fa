using System.Security.Cryptography;
using System.Text;
using SensorApp.Mocks.Authentication;

namespace SensorApp.Mocks.S3.Payload;

/// <summary>
/// The chain of signatures over the chunks of a body: each covers the one before it, so that chunks cannot be changed, left out
/// or swapped (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html#sigv4-chunked-body-definition).
/// </summary>
internal sealed class ChunkSignatures(VerifiedSignature seed)
{
    private static readonly string EmptyHash = Convert.ToHexStringLower(SHA256.HashData([]));

    private string _previous = seed.Hex;

    /// <exception cref="S3Exception">SignatureDoesNotMatch</exception>
    public void VerifyChunk(string? signature, byte[] sha256) =>
        Verify($"{SignatureClaim.Algorithm}-PAYLOAD\n{seed.Timestamp}\n{seed.Scope}\n{_previous}\n{EmptyHash}\n{Convert.ToHexStringLower(sha256)}", signature);

    /// <param name="trailers">The lines of the trailers but their signature, each ending in a newline.</param>
    /// <exception cref="S3Exception">SignatureDoesNotMatch</exception>
    public void VerifyTrailer(string? signature, string trailers) =>
        Verify($"AWS4-HMAC-SHA256-TRAILER\n{seed.Timestamp}\n{seed.Scope}\n{_previous}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(trailers)))}", signature);

    private void Verify(string stringToSign, string? signature)
    {
        // Without a key the client was let in unverified, and there is nothing to verify its chunks with.
        if (seed.SigningKey is not null)
        {
            var expected = HMACSHA256.HashData(seed.SigningKey, Encoding.UTF8.GetBytes(stringToSign));

            if (!Convert.ToHexStringLower(expected).Equals(signature, StringComparison.Ordinal))
                throw new S3Exception("SignatureDoesNotMatch", null, ("StringToSign", stringToSign), ("SignatureProvided", signature ?? ""));
        }

        _previous = signature ?? "";
    }
}
