using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SensorApp.Benchmarks.Cloud;

/// <summary>
/// Requests as bytes on the wire, signed once and sent many times: a client library would cost more than the server that it measures.
/// A signature holds for 15 minutes.
/// </summary>
internal sealed class SignedRequest(Uri server)
{
    public const string AccessKey = "sensorapp";
    public const string SecretKey = "sensorapp-secret";

    private const string Region = "us-east-1";

    /// <summary>A request of S3's.</summary>
    /// <param name="path">Without anything that would have to be escaped.</param>
    public byte[] S3(string method, string path, byte[] body) => Build(method, path, "s3", body, []);

    /// <summary>A request of DynamoDB's.</summary>
    public byte[] DynamoDb(string operation, string json) => Build("POST", "/", "dynamodb", Encoding.UTF8.GetBytes(json),
        [("content-type", "application/x-amz-json-1.0"), ("x-amz-target", "DynamoDB_20120810." + operation)]);

    private byte[] Build(string method, string path, string service, byte[] body, (string Name, string Value)[] more)
    {
        var time = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        (string Name, string Value)[] headers =
            [.. more.Append(("host", server.Authority)).Append(("x-amz-content-sha256", hash)).Append(("x-amz-date", time)).OrderBy(header => header.Item1, StringComparer.Ordinal)];
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = $"{method}\n{path}\n\n{string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n"))}\n{names}\n{hash}";
        var scope = $"{time[..8]}/{Region}/{service}/aws4_request";
        var stringToSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.ASCII.GetBytes("AWS4" + SecretKey), (current, part) => HMACSHA256.HashData(current, Encoding.ASCII.GetBytes(part)));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(stringToSign)));
        var head = $"{method} {path} HTTP/1.1\r\n{string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}"
            + $"authorization: AWS4-HMAC-SHA256 Credential={AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}\r\n"
            + string.Create(CultureInfo.InvariantCulture, $"content-length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
