using Amazon.Runtime;
using SensorApp.Api.Storage.Aws.Signing;

namespace SensorApp.Tests.Storage;

/// <summary>
/// The examples of AWS's own documentation, signatures included
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
/// </summary>
public sealed class RequestSignerTests
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Timestamp = "20130524T000000Z";
    private const string Scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";

    private static readonly ImmutableCredentials Credentials = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);

    private readonly RequestSigner _signer = new("us-east-1", "s3");

    [Fact]
    public void Authorize_DocumentedGetObject_IsSignedAsDocumented()
    {
        var authorization = _signer.Authorize(
            "GET",
            "/test.txt",
            "",
            [new("host", "examplebucket.s3.amazonaws.com"), new("range", "bytes=0-9"), new("x-amz-content-sha256", EmptyHash), new("x-amz-date", Timestamp)],
            EmptyHash,
            Timestamp,
            Credentials);

        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential={Scope}, SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            authorization);
    }

    [Fact]
    public void Authorize_DocumentedPutObject_IsSignedAsDocumented()
    {
        const string hash = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";

        var authorization = _signer.Authorize(
            "PUT",
            "/test%24file.text",
            "",
            [
                new("date", "Fri, 24 May 2013 00:00:00 GMT"), new("host", "examplebucket.s3.amazonaws.com"), new("x-amz-content-sha256", hash),
                new("x-amz-date", Timestamp), new("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ],
            hash,
            Timestamp,
            Credentials);

        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential={Scope}, SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class, Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            authorization);
    }

    [Fact]
    public void Authorize_DocumentedListing_SignsTheQueryAsDocumented()
    {
        var authorization = _signer.Authorize(
            "GET",
            "/",
            "max-keys=2&prefix=J",
            [new("host", "examplebucket.s3.amazonaws.com"), new("x-amz-content-sha256", EmptyHash), new("x-amz-date", Timestamp)],
            EmptyHash,
            Timestamp,
            Credentials);

        Assert.EndsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7", authorization, StringComparison.Ordinal);
    }

    [Fact]
    public void Authorize_NextDayOrOtherSecret_UsesAnotherKey()
    {
        var otherSecret = new ImmutableCredentials(Credentials.AccessKey, "another", null);

        string[] signatures =
        [
            SignatureOf(Timestamp, Credentials), SignatureOf("20130525T000000Z", Credentials), SignatureOf(Timestamp, otherSecret), SignatureOf(Timestamp, Credentials),
        ];

        Assert.Equal(3, signatures.Distinct().Count());
        Assert.Equal(signatures[0], signatures[3]);
    }

    private string SignatureOf(string timestamp, ImmutableCredentials credentials) =>
        _signer.Authorize("PUT", "/bucket/key", "", [new("host", "localhost:4566"), new("x-amz-date", timestamp)], EmptyHash, timestamp, credentials).Split("Signature=")[1];
}
