using System.Globalization;
using SensorApp.Mocks.Dispatch;

namespace SensorApp.Mocks.Authentication;

/// <summary>What a request says about its own signature, in the Authorization header or in the query; nothing of it is verified yet.</summary>
/// <param name="Expires">How long a presigned address holds; null for a header.</param>
public sealed record SignatureClaim(
    string AccessKeyId, string Date, string Region, string Service, string[] SignedHeaders, string Hex, string Timestamp, DateTimeOffset SignedAt, TimeSpan? Expires)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const string TimestampFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int LongestExpirySeconds = 604_800;

    /// <summary>As HTTP writes it, and as mail does, with an offset: boto3 sends that.</summary>
    private static readonly string[] DateFormats = ["r", "ddd, dd MMM yyyy HH:mm:ss zzz"];

    /// <summary>Date, region, service and terminator.</summary>
    public string Scope { get; } = $"{Date}/{Region}/{Service}/aws4_request";

    /// <summary>The names of the signed headers as they were sent.</summary>
    public string SignedHeaderList { get; } = string.Join(';', SignedHeaders);

    public bool Signs(string header)
    {
        foreach (var signed in SignedHeaders)
        {
            if (signed.Equals(header, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    public static bool IsPresigned(RequestTarget target) => target.Has("X-Amz-Algorithm");

    /// <summary>Reads the header form: <c>AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…</c>.</summary>
    public static SignatureClaim? ReadHeader(HttpRequest request, out SignatureCheck fault)
    {
        var header = request.Headers.Authorization.ToString();

        if (!header.StartsWith(Algorithm, StringComparison.Ordinal))
        {
            fault = header.Length == 0
                ? SignatureCheck.Failed(SignatureFault.Missing)
                : SignatureCheck.Failed(SignatureFault.UnsupportedAlgorithm, header.Split(' ')[0]);
            return null;
        }

        string credential = "", signedHeaders = "", hex = "";

        foreach (var part in header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var value = part[(equals + 1)..];
            _ = (equals < 0 ? "" : part[..equals]) switch
            {
                "Credential" => credential = value,
                "SignedHeaders" => signedHeaders = value,
                "Signature" => hex = value,
                _ => "",
            };
        }

        if (credential.Length == 0 || signedHeaders.Length == 0 || hex.Length == 0)
        {
            fault = Malformed("The authorization header requires Credential, SignedHeaders and Signature.");
            return null;
        }

        var timestamp = request.Headers["x-amz-date"].ToString();

        if (timestamp.Length == 0 && DateTimeOffset.TryParseExact(
            request.Headers.Date.ToString(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            timestamp = date.ToUniversalTime().ToString(TimestampFormat, CultureInfo.InvariantCulture);
        }

        if (timestamp.Length == 0)
        {
            fault = Malformed("AWS authentication requires a valid Date or x-amz-date header");
            return null;
        }

        return Create(credential, signedHeaders, hex, timestamp, expires: null, out fault);
    }

    /// <summary>Reads the query form of a presigned address.</summary>
    public static SignatureClaim? ReadQuery(RequestTarget target, out SignatureCheck fault)
    {
        if (target.Find("X-Amz-Algorithm") != Algorithm)
        {
            fault = SignatureCheck.Failed(SignatureFault.UnsupportedAlgorithm, target.Find("X-Amz-Algorithm") ?? "");
            return null;
        }

        var values = Array.ConvertAll(
            ["X-Amz-Credential", "X-Amz-SignedHeaders", "X-Amz-Signature", "X-Amz-Date", "X-Amz-Expires"], name => target.Find(name) ?? "");

        if (values.Contains(""))
        {
            fault = Malformed("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
            return null;
        }

        if (!int.TryParse(values[4], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) || seconds > LongestExpirySeconds)
        {
            fault = Malformed("X-Amz-Expires must be a number between 0 and 604800 seconds");
            return null;
        }

        return Create(values[0], values[1], values[2], values[3], TimeSpan.FromSeconds(seconds), out fault);
    }

    private static SignatureClaim? Create(
        string credential, string signedHeaders, string hex, string timestamp, TimeSpan? expires, out SignatureCheck fault)
    {
        // An access key id may itself hold slashes; the scope is the last four parts.
        var parts = credential.Split('/');

        if (parts.Length < 5 || parts[^1] != "aws4_request")
        {
            fault = Malformed($"The credential '{credential}' must be <access key>/YYYYMMDD/region/service/aws4_request.");
            return null;
        }

        if (!DateTimeOffset.TryParseExact(timestamp, TimestampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt))
        {
            fault = Malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
            return null;
        }

        if (!timestamp.StartsWith(parts[^4], StringComparison.Ordinal) || parts[^4].Length != 8)
        {
            fault = Malformed($"Invalid credential date \"{parts[^4]}\". This date is not the same as X-Amz-Date: \"{timestamp[..8]}\".");
            return null;
        }

        fault = SignatureCheck.NotYet;
        return new SignatureClaim(
            string.Join('/', parts[..^4]), parts[^4], parts[^3], parts[^2], signedHeaders.Split(';'), hex, timestamp, signedAt, expires);
    }

    private static SignatureCheck Malformed(string detail) => SignatureCheck.Failed(SignatureFault.Malformed, detail);
}
