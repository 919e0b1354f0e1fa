using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Endpoints;
using Amazon.S3;
using Amazon.S3.Model;

namespace SensorApp.Api.Storage.Aws.Signing;

/// <summary>
/// Stores an object with one signed request: the SDK takes more processor time for a PutObject than everything else that
/// happens to a small file. Whatever is not plain success or an outage is left to the SDK, which knows redirects, expired
/// credentials, clocks that differ, and how to say what is wrong.
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

    // Such keys look the same in every encoding of paths.
    private static readonly SearchValues<char> PlainKey = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/");

    private BucketAddress? _address;

    /// <summary>Stores the object, unless that is better left to the SDK.</summary>
    /// <returns>False when nothing is known to be stored, and the SDK is to be asked.</returns>
    /// <exception cref="AmazonS3Exception">S3 answered with 429 or 5xx, at the last try too.</exception>
    /// <remarks>What the resilience handler throws comes out as it is.</remarks>
    public async Task<bool> TryPutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _address ??= BucketAddress.Of(s3.DetermineServiceOperationEndpoint(new PutObjectRequest { BucketName = bucket, Key = "key" }), connection.Region);

        if (_address.Signer is not { } signer || key.AsSpan().ContainsAnyExcept(PlainKey))
        {
            return false;
        }

        using var span = connection.IsTraced ? AwsTracing.StartCall("S3", "PutObject") : null;

        try
        {
            var credentials = await (connection.Credentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials()).GetCredentialsAsync();
            using var request = Sign(signer, _address, $"{_address.Path}/{key}", content, credentials);
            using var response = await httpClients.CreateClient(httpClientName).SendAsync(request, cancellationToken);

            if (response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500)
            {
                throw await FailureOfAsync(response, cancellationToken);
            }

            return response.IsSuccessStatusCode;
        }
        catch (Exception failure)
        {
            span?.RecordException(failure);
            throw;
        }
    }

    private static HttpRequestMessage Sign(RequestSigner signer, BucketAddress address, string path, ReadOnlyMemory<byte> content, ImmutableCredentials credentials)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var timestamp = CorrectClockSkew.GetCorrectedUtcNowForEndpoint(address.Root).ToString(TimestampFormat, CultureInfo.InvariantCulture);
        KeyValuePair<string, string>[] headers = credentials.UseToken
            ? [new("host", address.Host), new(HashHeader, hash), new(DateHeader, timestamp), new(TokenHeader, credentials.Token)]
            : [new("host", address.Host), new(HashHeader, hash), new(DateHeader, timestamp)];
        var request = new HttpRequestMessage(HttpMethod.Put, address.Root + path) { Content = new ReadOnlyMemoryContent(content) };
        request.Headers.TryAddWithoutValidation("Authorization", signer.Authorize("PUT", path, headers, hash, timestamp, credentials));

        foreach (var (name, value) in headers.AsSpan(1))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
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

    /// <param name="Root">Scheme, host and port.</param>
    /// <param name="Host">As in the header <c>Host</c>.</param>
    /// <param name="Path">What stands before the slash of the key; empty where the bucket is part of the host.</param>
    /// <param name="Signer">Null where another signature is asked for than Signature Version 4.</param>
    private sealed record BucketAddress(string Root, string Host, string Path, RequestSigner? Signer)
    {
        public static BucketAddress Of(Amazon.Runtime.Endpoints.Endpoint endpoint, string region)
        {
            var uri = new Uri(endpoint.URL);
            var scheme = (endpoint.Attributes["authSchemes"] as IEnumerable<object>)?.OfType<PropertyBag>().FirstOrDefault();
            var isPlain = (scheme?["name"] ?? "sigv4") is "sigv4" && endpoint.Headers is null or { Count: 0 };
            return new BucketAddress(
                uri.GetLeftPart(UriPartial.Authority),
                uri.IsDefaultPort ? uri.IdnHost : string.Create(CultureInfo.InvariantCulture, $"{uri.IdnHost}:{uri.Port}"),
                uri.AbsolutePath.TrimEnd('/'),
                isPlain ? new RequestSigner(scheme?["signingRegion"] as string ?? region, scheme?["signingName"] as string ?? "s3") : null);
        }
    }
}
