using System.Security.Cryptography;
using System.Text;
using SensorApp.Mocks.Dispatch;

namespace SensorApp.Mocks.Authentication;

/// <summary>
/// Verifies AWS Signature Version 4 in the Authorization header and in presigned addresses
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html). Thread-safe.
/// </summary>
public sealed class SignatureVerifier(AccessKeys accessKeys, SigningKeys signingKeys, KnownClaims knownClaims, TimeProvider clock)
{
    /// <summary>How far the signing time may be from the server's.</summary>
    public static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(15);

    /// <param name="service">The service that the scope must name, for example <c>s3</c>.</param>
    /// <param name="payloadHash">What stands for the body in the canonical request.</param>
    public SignatureCheck Verify(HttpRequest request, RequestTarget target, string service, string payloadHash)
    {
        var claim = SignatureClaim.IsPresigned(target)
            ? SignatureClaim.ReadQuery(target, out var fault)
            : knownClaims.ReadHeader(request, out fault);

        if (claim is null)
            return fault;

        if (claim.Service != service)
            return SignatureCheck.Failed(SignatureFault.Malformed, $"Credential should be scoped to correct service: '{service}'.");

        if (!accessKeys.TryFindSecret(claim.AccessKeyId, out var secret))
        {
            return accessKeys.AcceptsAny
                ? SignatureCheck.Passed(new VerifiedSignature(claim.AccessKeyId, null, claim.Timestamp, claim.Scope, claim.Hex))
                : SignatureCheck.Failed(SignatureFault.UnknownKey, claim.AccessKeyId);
        }

        return CheckTime(claim) ?? CheckSignedHeaders(request, claim) ?? CheckSignature(request, target, claim, secret, payloadHash);
    }

    private SignatureCheck? CheckTime(SignatureClaim claim)
    {
        var age = clock.GetUtcNow() - claim.SignedAt;

        if (claim.Expires is { } expires)
        {
            return age > expires
                ? SignatureCheck.Failed(SignatureFault.Expired, (claim.SignedAt + expires).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null))
                : age < -LargestSkew ? SignatureCheck.Failed(SignatureFault.Skewed, claim.Timestamp) : null;
        }

        return age.Duration() > LargestSkew ? SignatureCheck.Failed(SignatureFault.Skewed, claim.Timestamp) : null;
    }

    /// <summary>The host and every x-amz header must be signed: one that is not could have been added on the way.</summary>
    private static SignatureCheck? CheckSignedHeaders(HttpRequest request, SignatureClaim claim)
    {
        if (!claim.Signs("host"))
            return SignatureCheck.Failed(SignatureFault.UnsignedHeader, "host");

        foreach (var header in request.Headers)
        {
            if (header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && !claim.Signs(header.Key)
                && !(claim.Expires is not null && header.Key.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase)))
            {
                return SignatureCheck.Failed(SignatureFault.UnsignedHeader, header.Key.ToLowerInvariant());
            }
        }

        return null;
    }

    private SignatureCheck CheckSignature(HttpRequest request, RequestTarget target, SignatureClaim claim, string secret, string payloadHash)
    {
        var text = CanonicalText.Begin();
        CanonicalRequest.Append(text, request, target, claim, payloadHash);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.Bytes, hash);

        text = CanonicalText.Begin();
        text.Append(SignatureClaim.Algorithm).Append('\n').Append(claim.Timestamp).Append('\n').Append(claim.Scope).Append('\n').AppendHex(hash);
        var key = signingKeys.Derive(secret, claim);
        HMACSHA256.HashData(key, text.Bytes, hash);

        return Matches(hash, claim.Hex)
            ? SignatureCheck.Passed(new VerifiedSignature(claim.AccessKeyId, key, claim.Timestamp, claim.Scope, claim.Hex))
            : SignatureCheck.Failed(SignatureFault.Mismatch, Encoding.Latin1.GetString(text.Bytes));
    }

    private static bool Matches(ReadOnlySpan<byte> signature, string hex)
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes * 2];
        Span<byte> claimed = stackalloc byte[SHA256.HashSizeInBytes * 2];
        return Convert.TryToHexStringLower(signature, expected, out _)
            && hex.Length == claimed.Length
            && Encoding.Latin1.GetBytes(hex, claimed) == claimed.Length
            && CryptographicOperations.FixedTimeEquals(expected, claimed);
    }
}
