using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;

namespace SensorApp.Api.Storage.Aws.Signing;

/// <summary>
/// Stores an object, or a part of one, with one signed request. The SDK takes more processor time for a PutObject than everything
/// else that happens to a small file, and needs a copy of a large body to send it again. Whatever is not plain success or an outage
/// is left to the SDK, which knows redirects, expired credentials, clocks that differ, and how to say what is wrong.
/// </summary>
/// <param name="s3">Tells the bucket's address.</param>
/// <param name="httpClients">Where the client comes from.</param>
/// <param name="httpClientName">The client with the one resilience handler of S3.</param>
/// <param name="connection">Who signs.</param>
/// <param name="bucket">The bucket.</param>
internal sealed class SignedPut(IAmazonS3 s3, IHttpClientFactory httpClients, string httpClientName, AwsConnection connection, string bucket)
{
    private const string TimestampFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const string HashHeader = "x-amz-content-sha256";
    private const string DateHeader = "x-amz-date";
    private const string TokenHeader = "x-amz-security-token";

    private static readonly AwsCall PutObject = new("S3", "PutObject");
    private static readonly AwsCall UploadPart = new("S3", "UploadPart");

    // Such keys look the same in every encoding of paths.
    private static readonly SearchValues<char> PlainKey = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/");

    private BucketAddress? _address;

    /// <summary>Stores the object, unless that is better left to the SDK.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="sha256">Their SHA-256 in lower-case hexadecimal, where it is known already; null has it computed. With a wrong one S3 stores nothing.</param>
    /// <param name="cancellationToken">Ends the wait; the object may still be stored.</param>
    /// <returns>False when nothing is known to be stored, and the SDK is to be asked.</returns>
    /// <exception cref="AmazonS3Exception">S3 answered with 429 or 5xx, at the last try too.</exception>
    /// <remarks>What the resilience handler throws comes out as it is.</remarks>
    public async Task<bool> TryPutAsync(string key, ReadOnlySequence<byte> content, string? sha256, CancellationToken cancellationToken) =>
        await TrySendAsync(PutObject, key, query: "", content, sha256, cancellationToken) is not null;

    /// <summary>The same for a part of an object, numbered from 1.</summary>
    /// <returns>Its ETag; null when nothing is known to be stored, and the SDK is to be asked.</returns>
    /// <exception cref="AmazonS3Exception">S3 answered with 429 or 5xx, at the last try too.</exception>
    public Task<string?> TryPutPartAsync(string key, string uploadId, int number, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"partNumber={number}&uploadId={Uri.EscapeDataString(uploadId)}");
        return TrySendAsync(UploadPart, key, query, content, sha256: null, cancellationToken);
    }

    /// <summary>The ETag of what was stored.</summary>
    private async Task<string?> TrySendAsync(
        AwsCall call, string key, string query, ReadOnlySequence<byte> content, string? sha256, CancellationToken cancellationToken)
    {
        _address ??= BucketAddress.Of(s3, bucket, connection.Region);

        if (_address.Signer is not { } signer || key.AsSpan().ContainsAnyExcept(PlainKey))
        {
            return null;
        }

        using var span = connection.IsTraced ? AwsTracing.StartCall(call) : null;

        try
        {
            var credentials = await (connection.Credentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials()).GetCredentialsAsync();
            using var request = Sign(signer, _address, $"{_address.Path}/{key}", query, content, sha256 ?? HashOf(content), credentials);
            using var response = await httpClients.CreateClient(httpClientName).SendAsync(request, cancellationToken);

            if (response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500)
            {
                throw await FailureOfAsync(response, cancellationToken);
            }

            return response.IsSuccessStatusCode ? response.Headers.ETag?.Tag : null;
        }
        catch (Exception failure)
        {
            span?.RecordException(failure);
            throw;
        }
    }

    private static HttpRequestMessage Sign(
        RequestSigner signer, BucketAddress address, string path, string query, ReadOnlySequence<byte> content, string hash, ImmutableCredentials credentials)
    {
        var timestamp = CorrectClockSkew.GetCorrectedUtcNowForEndpoint(address.Root).ToString(TimestampFormat, CultureInfo.InvariantCulture);
        KeyValuePair<string, string>[] headers = credentials.UseToken
            ? [new("host", address.Host), new(HashHeader, hash), new(DateHeader, timestamp), new(TokenHeader, credentials.Token)]
            : [new("host", address.Host), new(HashHeader, hash), new(DateHeader, timestamp)];
        var target = query.Length == 0 ? path : $"{path}?{query}";
        var request = new HttpRequestMessage(HttpMethod.Put, address.Root + target) { Content = new SequenceContent(content) };
        request.Headers.TryAddWithoutValidation("Authorization", signer.Authorize("PUT", path, query, headers, hash, timestamp, credentials));

        foreach (var (name, value) in headers.AsSpan(1))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static string HashOf(ReadOnlySequence<byte> content)
    {
        if (content.IsSingleSegment)
        {
            return Convert.ToHexStringLower(SHA256.HashData(content.FirstSpan));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        foreach (var piece in content)
        {
            hash.AppendData(piece.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<AmazonS3Exception> FailureOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var error = ErrorIn(await response.Content.ReadAsStringAsync(cancellationToken));
        return new AmazonS3Exception(
            error?.Element("Message")?.Value ?? response.ReasonPhrase,
            ErrorType.Receiver,
            error?.Element("Code")?.Value ?? response.StatusCode.ToString(),
            error?.Element("RequestId")?.Value,
            response.StatusCode);
    }

    /// <summary>Null where something before S3 answered in words of its own.</summary>
    private static XElement? ErrorIn(string body)
    {
        try
        {
            return XDocument.Parse(body).Root;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
