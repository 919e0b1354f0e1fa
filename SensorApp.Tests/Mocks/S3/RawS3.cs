using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SensorApp.Tests.Mocks.S3;

/// <summary>Signed requests to S3 as one writes them by hand: what an SDK would never send.</summary>
internal sealed class RawS3(MocksServer server)
{
    public const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string Region = "us-east-1";

    private static readonly UriCreationOptions AsIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string _time = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private string Scope => $"{_time[..8]}/{Region}/s3/aws4_request";

    private byte[] SigningKey => Scope.Split('/').Aggregate(
        Encoding.ASCII.GetBytes("AWS4" + MocksServer.SecretKey), (key, part) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(part)));

    /// <param name="target">Path and query as they go over the wire; the query sorted and encoded as it is to be signed.</param>
    /// <param name="hash">What stands for the body; its SHA-256 unless given.</param>
    /// <param name="headers">Those that begin with x-amz- are signed.</param>
    public async Task<(HttpStatusCode Status, string Body)> SendAsync(
        string method, string target, byte[]? body = null, string? hash = null, params (string Name, string Value)[] headers)
    {
        using var request = Build(method, target, body, hash, headers);
        using var answer = await server.Http().SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Sends a body in signed chunks with a checksum in the trailer.</summary>
    /// <param name="spoil">Changes the framed body before it is sent.</param>
    public async Task<(HttpStatusCode Status, string Body)> SendChunkedAsync(
        string target, byte[] bytes, string trailer, Func<string, string>? spoil = null, int? decodedLength = null)
    {
        (string, string)[] headers =
        [
            ("x-amz-decoded-content-length", (decodedLength ?? bytes.Length).ToString(CultureInfo.InvariantCulture)), ("x-amz-trailer", trailer.Split(':')[0]),
        ];
        const string Form = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
        var seed = Sign("PUT", target, Form, [.. headers]).Signature;
        var first = SignChunk(seed, bytes);
        var last = SignChunk(first, []);
        var trailerSignature = Hmac($"AWS4-HMAC-SHA256-TRAILER\n{_time}\n{Scope}\n{last}\n{Hash(Encoding.ASCII.GetBytes(trailer + "\n"))}");
        var framed = $"{bytes.Length:x};chunk-signature={first}\r\n{Encoding.Latin1.GetString(bytes)}\r\n0;chunk-signature={last}\r\n{trailer}\r\nx-amz-trailer-signature:{trailerSignature}\r\n\r\n";
        return await SendAsync("PUT", target, Encoding.Latin1.GetBytes(spoil?.Invoke(framed) ?? framed), Form, headers);
    }

    private HttpRequestMessage Build(string method, string target, byte[]? body, string? hash, (string Name, string Value)[] headers)
    {
        hash ??= body is null ? EmptyHash : Hash(body);
        var (authorization, _) = Sign(method, target, hash, [.. headers.Where(header => header.Name.StartsWith("x-amz-", StringComparison.Ordinal))]);
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Address.ToString().TrimEnd('/') + target, AsIs));

        if (body is not null)
            request.Content = new ByteArrayContent(body);

        request.Headers.TryAddWithoutValidation("x-amz-date", _time);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", hash);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private (string Authorization, string Signature) Sign(string method, string target, string hash, List<(string Name, string Value)> signed)
    {
        signed.AddRange([("host", server.Address.Authority), ("x-amz-content-sha256", hash), ("x-amz-date", _time)]);
        signed.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        var names = string.Join(';', signed.Select(header => header.Name));
        var (path, query) = target.Split('?') is [var before, var after] ? (before, after) : (target, "");
        var canonical = $"{method}\n{path}\n{query}\n{string.Concat(signed.Select(header => $"{header.Name}:{header.Value}\n"))}\n{names}\n{hash}";
        var signature = Hmac($"AWS4-HMAC-SHA256\n{_time}\n{Scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}");
        return ($"AWS4-HMAC-SHA256 Credential={MocksServer.AccessKey}/{Scope}, SignedHeaders={names}, Signature={signature}", signature);
    }

    private string SignChunk(string previous, byte[] bytes) =>
        Hmac($"AWS4-HMAC-SHA256-PAYLOAD\n{_time}\n{Scope}\n{previous}\n{EmptyHash}\n{Hash(bytes)}");

    private string Hmac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(SigningKey, Encoding.UTF8.GetBytes(text)));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
