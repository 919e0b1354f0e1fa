using System.Security.Cryptography;
using System.Text;
using SensorApp.Mocks.Dispatch;

namespace SensorApp.Mocks.Authentication;

/// <summary>
/// Verifies AWS Signature Version 4 in the Authorization header and in presigned addresses
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html). Thread-safe.
/// </summary>
public sealed class SignatureVerifier(AccessKeys accessKeys, SigningKeys signingKeys, TimeProvider clock)
{
    /// <summary>How far the signing time may be from the server's.</summary>
    public static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(15);

    /// <param name="service">The service that the scope must name, for example <c>s3</c>.</param>
    /// <param name="payloadHash">What stands for the body in the canonical request.</param>
    public SignatureCheck Verify(HttpRequest request, RequestTarget target, string service, string payloadHash)
    {
        var claim = SignatureClaim.IsPresigned(target)
            ? SignatureClaim.ReadQuery(target, out var fault)
            : SignatureClaim.ReadHeader(request, out fault);

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
        if (!claim.SignedHeaders.Contains("host"))
            return SignatureCheck.Failed(SignatureFault.UnsignedHeader, "host");

        foreach (var header in request.Headers)
        {
            if (header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && !claim.SignedHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase)
                && !(claim.Expires is not null && header.Key.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase)))
            {
                return SignatureCheck.Failed(SignatureFault.UnsignedHeader, header.Key.ToLowerInvariant());
            }
        }

        return null;
    }

    private SignatureCheck CheckSignature(HttpRequest request, RequestTarget target, SignatureClaim claim, string secret, string payloadHash)
    {
        var canonical = CanonicalRequest.Build(request, target, claim.SignedHeaders, payloadHash);
        var stringToSign = $"{SignatureClaim.Algorithm}\n{claim.Timestamp}\n{claim.Scope}\n{Convert.ToHexStringLower(SHA256.HashData(canonical))}";
        var key = signingKeys.Derive(secret, claim);
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)));

        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(claim.Hex))
            ? SignatureCheck.Passed(new VerifiedSignature(claim.AccessKeyId, key, claim.Timestamp, claim.Scope, claim.Hex))
            : SignatureCheck.Failed(SignatureFault.Mismatch, stringToSign);
    }
}
