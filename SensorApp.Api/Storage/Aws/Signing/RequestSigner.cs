using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace SensorApp.Api.Storage.Aws.Signing;

/// <summary>
/// Signs requests with Signature Version 4, in the Authorization header
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). Thread-safe.
/// </summary>
/// <param name="region">As in <c>eu-central-1</c>.</param>
/// <param name="service">The service's name in signatures, as in <c>s3</c>.</param>
internal sealed class RequestSigner(string region, string service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Terminator = "aws4_request";
    private const int DateLength = 8;

    // Each day has its key: deriving it anew would cost more than everything else here.
    private DerivedKey? _latest;

    /// <summary>The value of the header <c>Authorization</c>.</summary>
    /// <param name="method">As in <c>PUT</c>.</param>
    /// <param name="path">The path as it is sent, encoded once.</param>
    /// <param name="query">The query as it is sent, without question mark: names in the order of their bytes; empty where there is none.</param>
    /// <param name="headers">What is signed: lower-case names in the order of their bytes, values trimmed and without runs of blanks; <c>host</c> among them.</param>
    /// <param name="payloadHash">SHA-256 of the body in lower-case hexadecimal.</param>
    /// <param name="timestamp">The value of <c>x-amz-date</c>, as in <c>20130524T000000Z</c>.</param>
    /// <param name="credentials">Who signs.</param>
    public string Authorize(
        string method, string path, string query, ReadOnlySpan<KeyValuePair<string, string>> headers, string payloadHash, string timestamp,
        ImmutableCredentials credentials)
    {
        var canonical = new StringBuilder(512).Append(method).Append('\n').Append(path).Append('\n').Append(query).Append('\n');
        var names = new StringBuilder(64);

        foreach (var (name, value) in headers)
        {
            canonical.Append(name).Append(':').Append(value).Append('\n');
            names.Append(names.Length == 0 ? "" : ";").Append(name);
        }

        canonical.Append('\n').Append(names).Append('\n').Append(payloadHash);
        var scope = $"{timestamp.AsSpan(0, DateLength)}/{region}/{service}/{Terminator}";
        var toSign = $"{Algorithm}\n{timestamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var signature = HMACSHA256.HashData(KeyFor(credentials.SecretKey, timestamp[..DateLength]), Encoding.UTF8.GetBytes(toSign));
        return $"{Algorithm} Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={Hex(signature)}";
    }

    private byte[] KeyFor(string secret, string date)
    {
        if (Volatile.Read(ref _latest) is { } latest && latest.Secret == secret && latest.Date == date)
        {
            return latest.Key;
        }

        var ofDate = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encoding.UTF8.GetBytes(date));
        var ofRegion = HMACSHA256.HashData(ofDate, Encoding.UTF8.GetBytes(region));
        var ofService = HMACSHA256.HashData(ofRegion, Encoding.UTF8.GetBytes(service));
        var derived = new DerivedKey(secret, date, HMACSHA256.HashData(ofService, Encoding.UTF8.GetBytes(Terminator)));
        Volatile.Write(ref _latest, derived);
        return derived.Key;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private sealed record DerivedKey(string Secret, string Date, byte[] Key);
}
