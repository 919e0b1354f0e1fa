using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace SensorApp.Tests.Mocks.S3;

public sealed class MultipartTests : IAsyncLifetime
{
    private const string Bucket = "parts";
    private const int PartSize = 5 * 1024 * 1024;

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
    [InlineData("CRC32", "COMPOSITE")]
    [InlineData("CRC32", "FULL_OBJECT")]
    [InlineData("SHA256", "COMPOSITE")]
    public async Task Complete_TwoParts_IsTheObjectWithETagAndChecksumOfItsKind(string algorithm, string type)
    {
        var bytes = new byte[PartSize + 1000];
        new Random(3).NextBytes(bytes);
        var upload = await _s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = Bucket, Key = "k", ChecksumAlgorithm = algorithm, ChecksumType = type }, Cancel);
        var parts = new[] { await PartAsync(upload.UploadId, 1, bytes[..PartSize], algorithm), await PartAsync(upload.UploadId, 2, bytes[PartSize..], algorithm) };

        var done = await _s3.CompleteMultipartUploadAsync(Complete(upload.UploadId, parts), Cancel);

        using var answer = await _s3.GetObjectAsync(Bucket, "k", Cancel);
        using var content = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(content, Cancel);
        Assert.Equal(bytes, content.ToArray());
        Assert.EndsWith("-2\"", done.ETag, StringComparison.Ordinal);
        Assert.Equal(type, done.ChecksumType?.Value);
        Assert.Equal(type == "COMPOSITE", (done.ChecksumCRC32 ?? done.ChecksumSHA256).EndsWith("-2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Complete_Again_GivesTheSameAnswer()
    {
        var upload = await _s3.InitiateMultipartUploadAsync(Bucket, "k", Cancel);
        var part = await PartAsync(upload.UploadId, 1, [1, 2, 3], null);
        var first = await _s3.CompleteMultipartUploadAsync(Complete(upload.UploadId, part), Cancel);

        var second = await _s3.CompleteMultipartUploadAsync(Complete(upload.UploadId, part), Cancel);

        Assert.Equal(first.ETag, second.ETag);
    }

    [Fact]
    public async Task Complete_WithoutAnnouncedAlgorithm_HasAChecksumOfTheWholeWhateverThePartsHave()
    {
        var upload = await _s3.InitiateMultipartUploadAsync(Bucket, "k", Cancel);
        var first = await PartAsync(upload.UploadId, 1, new byte[PartSize], "CRC32");
        var second = await PartAsync(upload.UploadId, 2, [1, 2, 3], "SHA1");
        await _s3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = Bucket,
            Key = "whole",
            InputStream = new MemoryStream([.. new byte[PartSize], 1, 2, 3]),
            ChecksumAlgorithm = ChecksumAlgorithm.CRC64NVME,
        }, Cancel);

        var done = await _s3.CompleteMultipartUploadAsync(Complete(upload.UploadId, new PartETag(1, first.ETag), new PartETag(2, second.ETag)), Cancel);
        var whole = await _s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Bucket, Key = "whole", ChecksumMode = ChecksumMode.ENABLED }, Cancel);

        Assert.NotNull(done.ChecksumCRC64NVME);
        Assert.Equal(whole.ChecksumCRC64NVME, done.ChecksumCRC64NVME);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Complete_ConditionOnAnObjectChangedMeanwhile_IsAConflict(bool isDeleted)
    {
        var put = await _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "k", ContentBody = "x" }, Cancel);
        var upload = await _s3.InitiateMultipartUploadAsync(Bucket, "k", Cancel);
        var request = Complete(upload.UploadId, await PartAsync(upload.UploadId, 1, [1], null));

        if (isDeleted)
        {
            request.IfNoneMatch = "*";
            await _s3.DeleteObjectAsync(Bucket, "k", Cancel);
        }
        else
        {
            request.IfMatch = put.ETag;
            await _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "k", ContentBody = "x" }, Cancel);
        }

        var failure = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.CompleteMultipartUploadAsync(request, Cancel));

        Assert.Equal((HttpStatusCode.Conflict, "ConditionalRequestConflict"), (failure.StatusCode, failure.ErrorCode));
    }

    [Fact]
    public async Task Complete_SmallPartInTheMiddle_IsEntityTooSmallAndStaysOpen()
    {
        var upload = await _s3.InitiateMultipartUploadAsync(Bucket, "k", Cancel);
        var parts = new[] { await PartAsync(upload.UploadId, 1, [1], null), await PartAsync(upload.UploadId, 2, [2], null) };

        var failure = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.CompleteMultipartUploadAsync(Complete(upload.UploadId, parts), Cancel));

        var open = await _s3.ListMultipartUploadsAsync(Bucket, Cancel);
        Assert.Equal("EntityTooSmall", failure.ErrorCode);
        Assert.Single(open.MultipartUploads);
    }

    [Fact]
    public async Task Complete_UnknownUpload_IsNoSuchUpload()
    {
        var failure = await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            _s3.CompleteMultipartUploadAsync(Complete("nothing", new PartETag(1, "x")), Cancel));

        Assert.Equal("NoSuchUpload", failure.ErrorCode);
        Assert.Equal(HttpStatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task Abort_WithParts_LeavesNothing()
    {
        var upload = await _s3.InitiateMultipartUploadAsync(Bucket, "k", Cancel);
        await PartAsync(upload.UploadId, 1, [1], null);

        await _s3.AbortMultipartUploadAsync(Bucket, "k", upload.UploadId, Cancel);

        var open = await _s3.ListMultipartUploadsAsync(Bucket, Cancel);
        Assert.Empty(open.MultipartUploads ?? []);
        await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.ListPartsAsync(Bucket, "k", upload.UploadId, Cancel));
    }

    private async Task<PartETag> PartAsync(string uploadId, int number, byte[] bytes, string? algorithm)
    {
        var part = await _s3.UploadPartAsync(new UploadPartRequest
        {
            BucketName = Bucket,
            Key = "k",
            UploadId = uploadId,
            PartNumber = number,
            InputStream = new MemoryStream(bytes),
            ChecksumAlgorithm = algorithm,
        }, Cancel);
        return new PartETag(number, part.ETag) { ChecksumCRC32 = part.ChecksumCRC32, ChecksumSHA256 = part.ChecksumSHA256 };
    }

    private static CompleteMultipartUploadRequest Complete(string uploadId, params PartETag[] parts) =>
        new() { BucketName = Bucket, Key = "k", UploadId = uploadId, PartETags = [.. parts] };
}
