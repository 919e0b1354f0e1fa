using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using SensorApp.Api.Services;
using SensorApp.Api.Storage;
using SensorApp.Api.Storage.Aws;
using SensorApp.Api.Storage.Aws.Signing;
using SensorApp.Tests.Api;

namespace SensorApp.Tests.Storage;

public sealed class SignedPutTests
{
    private const string OfTheSdk = "amz-sdk-invocation-id";

    private static readonly byte[] Content = Encoding.UTF8.GetBytes("sensor_id,timestamp,value\n");

    private readonly CloudFaults _faults = new();
    private readonly List<bool> _areOfTheSdk = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_SmallBlob_IsOneRequestOfOurOwn()
    {
        await using var api = await StartAsync(_ => null);

        await api.Blobs.PutAsync("uploads/x", new ReadOnlySequence<byte>(Content), sha256: null, Cancellation);

        Assert.Equal([false], _areOfTheSdk);
        Assert.Equal(Content.Length, await api.Blobs.LengthAsync("uploads/x", Cancellation));
    }

    [Fact]
    public async Task PutPart_InPiecesAndAfterAnOutage_IsSentWholeByRequestsOfOurOwn()
    {
        await using var api = await StartAsync(number => number == 1 ? Error(HttpStatusCode.ServiceUnavailable, "SlowDown") : null);
        using var pieces = new SegmentBuffer();
        var content = FillWithPieces(pieces);
        var uploadId = await api.Blobs.BeginPartsAsync("uploads/x", Cancellation);

        var part = await api.Blobs.PutPartAsync("uploads/x", uploadId, 1, pieces.ToSequence(), Cancellation);
        await api.Blobs.CompletePartsAsync("uploads/x", uploadId, [part], Cancellation);

        var read = new byte[content.Length];
        await api.Blobs.ReadAsync("uploads/x", 0, read, Cancellation);
        Assert.Equal(content, read);
        Assert.Equal([false, false], _areOfTheSdk);
    }

    [Fact]
    public async Task PutPart_RefusedForAReasonTheSdkCanMend_IsStoredByTheSdk()
    {
        await using var api = await StartAsync(number => number == 1 ? Error(HttpStatusCode.Forbidden, "RequestTimeTooSkewed") : null);
        var uploadId = await api.Blobs.BeginPartsAsync("uploads/x", Cancellation);

        var part = await api.Blobs.PutPartAsync("uploads/x", uploadId, 1, new ReadOnlySequence<byte>(Content), Cancellation);
        await api.Blobs.CompletePartsAsync("uploads/x", uploadId, [part], Cancellation);

        Assert.Equal([false, true], _areOfTheSdk);
        Assert.Equal(Content.Length, await api.Blobs.LengthAsync("uploads/x", Cancellation));
    }

    [Fact]
    public async Task TryPutPart_IdWithSignsOfItsOwn_IsEncodedOnce()
    {
        HttpRequestMessage? sent = null;
        using var handler = new AnsweringHandler(request => sent = request);
        var credentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret");
        using var s3 = new AmazonS3Client(credentials, new AmazonS3Config { RegionEndpoint = RegionEndpoint.EUCentral1 });
        var put = PutThrough(handler, s3, credentials);

        Assert.Equal("\"e\"", await put.TryPutPartAsync("uploads/x", "a.B_c-d~e/f+g=", 7, new ReadOnlySequence<byte>(Content), Cancellation));

        Assert.Equal("https://sensor-files.s3.eu-central-1.amazonaws.com/uploads/x?partNumber=7&uploadId=a.B_c-d~e%2Ff%2Bg%3D", sent?.RequestUri?.AbsoluteUri);
    }

    [Theory]
    [InlineData("uploads/a.b")]
    public async Task Put_KeyThatEncodesInSeveralWays_IsLeftToTheSdk(string key)
    {
        await using var api = await StartAsync(_ => null);

        await api.Blobs.PutAsync(key, new ReadOnlySequence<byte>(Content), sha256: null, Cancellation);

        Assert.Equal([true], _areOfTheSdk);
        Assert.Equal(Content.Length, await api.Blobs.LengthAsync(key, Cancellation));
    }

    [Fact]
    public async Task Put_RefusedForAReasonTheSdkCanMend_IsStoredByTheSdk()
    {
        await using var api = await StartAsync(number => number == 1 ? Error(HttpStatusCode.Forbidden, "RequestTimeTooSkewed") : null);

        await api.Blobs.PutAsync("uploads/x", new ReadOnlySequence<byte>(Content), sha256: null, Cancellation);

        Assert.Equal([false, true], _areOfTheSdk);
        Assert.Equal(Content.Length, await api.Blobs.LengthAsync("uploads/x", Cancellation));
    }

    [Fact]
    public async Task Put_BucketIsGone_SaysSo()
    {
        await using var api = await StartAsync(_ => Error(HttpStatusCode.NotFound, "NoSuchBucket"));

        await Assert.ThrowsAsync<S3BucketNotFoundException>(() => api.Blobs.PutAsync("uploads/x", new ReadOnlySequence<byte>(Content), sha256: null, Cancellation));
    }

    [Theory]
    [InlineData("<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>", typeof(S3ThrottledException))]
    [InlineData("a proxy's own words", typeof(BlobStorageException))]
    public async Task Put_OutageToTheLastTry_IsNotTriedOnceMoreByTheSdk(string body, Type expected)
    {
        await using var api = await StartAsync(_ => Answer(HttpStatusCode.ServiceUnavailable, body));

        var failure = await Assert.ThrowsAnyAsync<BlobStorageException>(() => api.Blobs.PutAsync("uploads/x", new ReadOnlySequence<byte>(Content), sha256: null, Cancellation));

        Assert.IsType(expected, failure);
        Assert.True(failure.IsTransient);
        Assert.Equal([false, false, false, false], _areOfTheSdk);
    }

    [Fact]
    public async Task TryPut_OnAwsWithASessionsKeys_AsksTheBucketsHostAndSignsTheToken()
    {
        HttpRequestMessage? sent = null;
        using var handler = new AnsweringHandler(request => sent = request);
        var credentials = new SessionAWSCredentials("AKIDEXAMPLE", "secret", "token");
        using var s3 = new AmazonS3Client(credentials, new AmazonS3Config { RegionEndpoint = RegionEndpoint.EUCentral1 });
        var put = PutThrough(handler, s3, credentials);

        Assert.True(await put.TryPutAsync("uploads/x", new ReadOnlySequence<byte>(Content), sha256: null, Cancellation));

        Assert.Equal("https://sensor-files.s3.eu-central-1.amazonaws.com/uploads/x", sent?.RequestUri?.AbsoluteUri);
        Assert.Equal(["token"], sent?.Headers.GetValues("x-amz-security-token"));
        var authorization = sent!.Headers.GetValues("Authorization").Single(); // sent, as its address shows
        Assert.Contains("/eu-central-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, ", authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryPut_HashIsKnown_IsSignedWithThatHash()
    {
        HttpRequestMessage? sent = null;
        using var handler = new AnsweringHandler(request => sent = request);
        var credentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret");
        using var s3 = new AmazonS3Client(credentials, new AmazonS3Config { RegionEndpoint = RegionEndpoint.EUCentral1 });
        var put = PutThrough(handler, s3, credentials);

        Assert.True(await put.TryPutAsync("uploads/x", new ReadOnlySequence<byte>(Content), new string('0', 64), Cancellation));

        Assert.Equal([new string('0', 64)], sent?.Headers.GetValues("x-amz-content-sha256"));
    }

    [Fact]
    public async Task Put_InPiecesWithItsHash_IsOneRequestOfOurOwn()
    {
        await using var api = await StartAsync(_ => null);
        using var pieces = new SegmentBuffer();
        var content = FillWithPieces(pieces);

        await api.Blobs.PutAsync("uploads/x", pieces.ToSequence(), Convert.ToHexStringLower(SHA256.HashData(content)), Cancellation);

        Assert.Equal([false], _areOfTheSdk);
        Assert.Equal(content.Length, await api.Blobs.LengthAsync("uploads/x", Cancellation));
    }

    [Fact]
    public async Task TryPut_BucketWithAnotherKindOfSignature_IsLeftToTheSdk()
    {
        using var handler = new AnsweringHandler(_ => Assert.Fail("Nothing was to be sent."));
        var credentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret");
        using var s3 = new AmazonS3Client(credentials, new AmazonS3Config { RegionEndpoint = RegionEndpoint.USWest2 });
        var put = PutThrough(handler, s3, credentials, "sensor-files--usw2-az1--x-s3");

        Assert.False(await put.TryPutAsync("uploads/x", new ReadOnlySequence<byte>(Content), sha256: null, Cancellation));
    }

    private static SignedPut PutThrough(HttpMessageHandler handler, AmazonS3Client s3, AWSCredentials credentials, string bucket = "sensor-files") =>
        new(s3, new OneClient(handler), "s3", new AwsConnection(Endpoint: null, s3.Config.RegionEndpoint.SystemName, credentials), bucket);

    private static byte[] FillWithPieces(SegmentBuffer pieces)
    {
        var content = new byte[(3 * SegmentBuffer.SegmentBytes) + 7];
        new Random(1).NextBytes(content);

        for (var at = 0; at < content.Length;)
        {
            var room = pieces.GetMemory();
            var count = Math.Min(room.Length, content.Length - at);
            content.AsMemory(at, count).CopyTo(room);
            pieces.Advance(count);
            at += count;
        }

        return content;
    }

    /// <param name="answer">What is answered to the PUT of that number; null: what the cloud answers.</param>
    private async Task<ApiServer> StartAsync(Func<int, HttpResponseMessage?> answer)
    {
        var api = await ApiServer.StartAsync(faults: _faults);
        _faults.OnS3Async = (request, _) =>
        {
            if (request.Method != HttpMethod.Put)
            {
                return Task.FromResult<HttpResponseMessage?>(null);
            }

            _areOfTheSdk.Add(request.Headers.Contains(OfTheSdk));
            var given = answer(_areOfTheSdk.Count);
            given?.RequestMessage = request;
            return Task.FromResult(given);
        };
        return api;
    }

    private static HttpResponseMessage Error(HttpStatusCode status, string code) => Answer(status, $"<Error><Code>{code}</Code><Message>No.</Message></Error>");

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/xml") };

    private sealed class OneClient(HttpMessageHandler handler) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(handler, disposeHandler: false);
    }

    private sealed class AnsweringHandler(Action<HttpRequestMessage> onRequest) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            onRequest(request);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Headers = { ETag = new("\"e\"") } });
        }
    }
}
