using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace SensorApp.Tests.Mocks.S3;

public sealed class ObjectTests : IAsyncLifetime
{
    private const string Bucket = "objects";

    private MocksServer _server = null!; // set before each test
    private AmazonS3Client _s3 = null!;  // likewise

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await MocksServer.StartAsync();
        _s3 = _server.S3();
        await _s3.PutBucketAsync(Bucket, Cancel);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("plain")]
    [InlineData("a/b//c")]
    [InlineData("../../etc/passwd")]
    [InlineData("plus+percent%2Fblank and ümläut 日本語 😀")]
    [InlineData("<&>\"'")]
    public async Task GetObject_AnyKey_ReturnsWhatWasPut(string key)
    {
        await PutAsync(key, "hello");

        using var answer = await _s3.GetObjectAsync(Bucket, key, Cancel);
        var listed = await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, Cancel);

        Assert.Equal("hello", await ReadAsync(answer));
        Assert.Equal(key, Assert.Single(listed.S3Objects).Key);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(100, true)]
    [InlineData(262_144, true)]
    [InlineData(262_144, false)]
    [InlineData(262_145, false)]
    public async Task PutObject_LengthToldOrNot_ComesBackWhole(int length, bool inHttpChunks)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        using var request = new HttpRequestMessage(HttpMethod.Put, _s3.Presign(Bucket, "k", HttpVerb.PUT)) { Content = new ByteArrayContent(content) };
        request.Headers.TransferEncodingChunked = inHttpChunks;

        using var put = await _server.Http().SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        using var answer = await _s3.GetObjectAsync(Bucket, "k", Cancel);
        using var read = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(read, Cancel);
        Assert.Equal(content, read.ToArray());
    }

    [Fact]
    public async Task GetObject_SystemAndUserMetadata_ComesBackAsPut()
    {
        var put = new PutObjectRequest { BucketName = Bucket, Key = "k", ContentBody = "x", ContentType = "text/csv" };
        put.Headers.CacheControl = "no-store";
        put.Headers.ContentDisposition = "attachment";
        put.Metadata["colour"] = "blue";
        await _s3.PutObjectAsync(put, Cancel);

        using var answer = await _s3.GetObjectAsync(Bucket, "k", Cancel);

        Assert.Equal("text/csv", answer.Headers.ContentType);
        Assert.Equal("no-store", answer.Headers.CacheControl);
        Assert.Equal("attachment", answer.Headers.ContentDisposition);
        Assert.Equal("blue", answer.Metadata["colour"]);
        Assert.True(string.IsNullOrEmpty(answer.Headers.ContentEncoding));
    }

    [Theory]
    [InlineData("bytes=2-4", "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=-3", "789", "bytes 7-9/10")]
    [InlineData("bytes=0-99", "0123456789", "bytes 0-9/10")]
    public async Task GetObject_Range_ReturnsTheStretch(string range, string expected, string contentRange)
    {
        await PutAsync("digits", "0123456789");

        using var answer = await _s3.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = "digits", ByteRange = new ByteRange(range) }, Cancel);

        Assert.Equal(HttpStatusCode.PartialContent, answer.HttpStatusCode);
        Assert.Equal(expected, await ReadAsync(answer));
        Assert.Equal(contentRange, answer.ContentRange);
    }

    [Fact]
    public async Task GetObject_RangeBehindTheEnd_IsInvalidRange()
    {
        await PutAsync("digits", "0123456789");

        var failure = await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            _s3.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = "digits", ByteRange = new ByteRange("bytes=10-") }, Cancel));

        Assert.Equal("InvalidRange", failure.ErrorCode);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, failure.StatusCode);
    }

    [Theory]
    [InlineData("bytes=0-9", true)]
    [InlineData("bytes=-20", true)]
    [InlineData("bytes=0-8", false)]
    public async Task GetObject_RangeOfEverything_HasTheChecksumOfTheObject(string range, bool hasChecksum)
    {
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "k", ContentBody = "0123456789" }, Cancel);

        using var answer = await _s3.GetObjectAsync(
            new GetObjectRequest { BucketName = Bucket, Key = "k", ByteRange = new ByteRange(range), ChecksumMode = ChecksumMode.ENABLED }, Cancel);

        Assert.Equal(hasChecksum, answer.ChecksumCRC32 is not null);
    }

    [Fact]
    public async Task GetObject_ModifiedSinceATimeToCome_IsAnswered()
    {
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "k", ContentBody = "x" }, Cancel);

        using var answer = await _s3.GetObjectAsync(new GetObjectRequest
        {
            BucketName = Bucket,
            Key = "k",
            ModifiedSinceDate = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1),
        }, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.HttpStatusCode);
    }

    [Fact]
    public async Task GetObject_KeyNotThere_IsNoSuchKey()
    {
        var failure = await Assert.ThrowsAsync<NoSuchKeyException>(() => _s3.GetObjectAsync(Bucket, "nothing", Cancel));

        Assert.Equal(HttpStatusCode.NotFound, failure.StatusCode);
        Assert.NotEmpty(failure.RequestId);
    }

    [Fact]
    public async Task PutObject_IfNoneMatchOnExistingKey_IsRefusedAndChangesNothing()
    {
        await PutAsync("once", "first");

        var failure = await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "once", ContentBody = "second", IfNoneMatch = "*" }, Cancel));

        using var answer = await _s3.GetObjectAsync(Bucket, "once", Cancel);
        Assert.Equal("PreconditionFailed", failure.ErrorCode);
        Assert.Equal("first", await ReadAsync(answer));
    }

    [Fact]
    public async Task PutObject_ManyAtOnceOnOneKey_ExactlyOneWins()
    {
        var attempts = Enumerable.Range(0, 16).Select(async i =>
        {
            try
            {
                await _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "race", ContentBody = $"{i}", IfNoneMatch = "*" }, Cancel);
                return true;
            }
            catch (AmazonS3Exception failure) when (failure.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return false;
            }
        });

        var won = await Task.WhenAll(attempts);

        Assert.Single(won, true);
    }

    [Fact]
    public async Task CopyObject_WithMetadataReplaced_KeepsBytesAndTakesNewMetadata()
    {
        await PutAsync("from", "bytes");
        var copy = new CopyObjectRequest
        {
            SourceBucket = Bucket,
            SourceKey = "from",
            DestinationBucket = Bucket,
            DestinationKey = "to",
            MetadataDirective = S3MetadataDirective.REPLACE,
            ContentType = "text/plain",
        };
        copy.Metadata["new"] = "1";
        await _s3.CopyObjectAsync(copy, Cancel);

        using var answer = await _s3.GetObjectAsync(Bucket, "to", Cancel);

        Assert.Equal("bytes", await ReadAsync(answer));
        Assert.Equal("text/plain", answer.Headers.ContentType);
        Assert.Equal("1", answer.Metadata["new"]);
    }

    [Fact]
    public async Task DeleteObjects_SeveralKeys_RemovesThemAndReportsEach()
    {
        await PutAsync("a", "1");
        await PutAsync("b", "2");

        var answer = await _s3.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = Bucket, Objects = [new() { Key = "a" }, new() { Key = "b" }, new() { Key = "never-there" }] }, Cancel);
        var left = await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, Cancel);

        Assert.Equal(["a", "b", "never-there"], answer.DeletedObjects.Select(item => item.Key));
        Assert.Equal(0, left.KeyCount);
    }

    [Fact]
    public async Task PutObject_LargerThanOneRow_ComesBackWholeAndByRange()
    {
        var bytes = new byte[3_000_000];
        new Random(7).NextBytes(bytes);
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "large", InputStream = new MemoryStream(bytes) }, Cancel);

        using var whole = await _s3.GetObjectAsync(Bucket, "large", Cancel);
        using var part = await _s3.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = "large", ByteRange = new ByteRange(1_999_990, 2_000_009) }, Cancel);

        Assert.Equal(bytes, await BytesAsync(whole));
        Assert.Equal(bytes[1_999_990..2_000_010], await BytesAsync(part));
    }

    private Task<PutObjectResponse> PutAsync(string key, string body) =>
        _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, ContentBody = body }, Cancel);

    private static async Task<byte[]> BytesAsync(GetObjectResponse answer)
    {
        using var bytes = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(bytes, Cancel);
        return bytes.ToArray();
    }

    private static async Task<string> ReadAsync(GetObjectResponse answer) => Encoding.UTF8.GetString(await BytesAsync(answer));
}
