using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using SensorApp.Mocks.Authentication;

namespace SensorApp.Tests.Mocks.S3;

public sealed class AuthenticationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nobody", MocksServer.SecretKey, "InvalidAccessKeyId")]
    [InlineData(MocksServer.AccessKey, "wrong", "SignatureDoesNotMatch")]
    public async Task Request_WithWrongKeys_IsRefused(string accessKey, string secretKey, string code)
    {
        await using var server = await MocksServer.StartAsync();

        var failure = await Assert.ThrowsAsync<AmazonS3Exception>(() => server.S3(accessKey, secretKey).ListBucketsAsync(Cancel));

        Assert.Equal(code, failure.ErrorCode);
        Assert.Equal(HttpStatusCode.Forbidden, failure.StatusCode);
    }

    [Fact]
    public async Task Request_WithAnyKeyWhereAnyIsAccepted_IsLetIn()
    {
        await using var server = await MocksServer.StartAsync(switches: "MOCKS_ACCEPT_ANY_KEY=true");
        var s3 = server.S3("somebody", "anything");
        await s3.PutBucketAsync("open", Cancel);

        var put = await s3.PutObjectAsync(new PutObjectRequest { BucketName = "open", Key = "k", ContentBody = "x" }, Cancel);

        Assert.Equal(HttpStatusCode.OK, put.HttpStatusCode);
    }

    [Fact]
    public async Task Request_SignedTooLongAgo_IsTooSkewed()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(20));
        await using var server = await MocksServer.StartAsync(clock: clock);
        using var request = new HttpRequestMessage(HttpMethod.Get, server.S3().Presign("presigned", "k"));

        var failure = await Assert.ThrowsAsync<AmazonS3Exception>(() => server.S3().ListBucketsAsync(Cancel));
        using var presigned = await server.Http().SendAsync(request, Cancel);

        // The SDK looks at the server's clock and would sign again with it; what counts is that it was refused.
        Assert.Equal("RequestTimeTooSkewed", failure.ErrorCode);
        Assert.Equal(HttpStatusCode.Forbidden, presigned.StatusCode);
        Assert.Contains("Request has expired", await presigned.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PresignedAddress_InTime_NeedsNoOtherKey()
    {
        await using var server = await MocksServer.StartAsync();
        await server.S3().PutBucketAsync("presigned", Cancel);
        await server.S3().PutObjectAsync(new PutObjectRequest { BucketName = "presigned", Key = "k", ContentBody = "hello" }, Cancel);

        using var answer = await server.Http().GetAsync(server.S3().Presign("presigned", "k"), Cancel);
        using var changed = await server.Http().GetAsync(new Uri(server.S3().Presign("presigned", "k").ToString().Replace("presigned/k", "presigned/other", StringComparison.Ordinal)), Cancel);

        Assert.Equal("hello", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.Forbidden, changed.StatusCode);
    }

    [Theory]
    [InlineData("/bucket/key")]
    [InlineData("/_mocks/other")]
    [InlineData("/bucket/..%2f..%2fetc/passwd")]
    public async Task Request_WithoutSignature_IsAccessDenied(string path)
    {
        await using var server = await MocksServer.StartAsync();

        using var answer = await server.Http().GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("<Code>AccessDenied</Code>", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Thu, 26 Nov 2026 02:00:00 GMT")]
    [InlineData("Thu, 26 Nov 2026 02:00:00 -0000")]
    public void ReadHeader_DateInsteadOfAmzDate_IsTheTimeSigned(string date)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Date = date;
        request.Headers.Authorization = "AWS4-HMAC-SHA256 Credential=key/20261126/us-east-1/s3/aws4_request, SignedHeaders=date;host, Signature=0";

        var claim = SignatureClaim.ReadHeader(request, out _);

        Assert.Equal("20261126T020000Z", claim?.Timestamp);
    }
}
