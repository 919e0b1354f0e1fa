using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace SensorApp.Tests.Mocks.S3;

/// <summary>What can be asked about parts, before and after they are an object.</summary>
public sealed class MultipartReadTests : IAsyncLifetime
{
    private const string Bucket = "part-reads";
    private const int PartSize = 5 * 1024 * 1024;

    private readonly byte[] _bytes = new byte[PartSize + 1000];

    private MocksServer _server = null!; // set before each test
    private AmazonS3Client _s3 = null!;  // likewise

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        new Random(9).NextBytes(_bytes);
        _server = await MocksServer.StartAsync();
        _s3 = _server.S3();
        await _s3.PutBucketAsync(Bucket, Cancel);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task GetObject_ByPartNumber_IsThatPart()
    {
        await StoreAsync();

        using var second = await _s3.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = "k", PartNumber = 2 }, Cancel);
        var third = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = "k", PartNumber = 3 }, Cancel));

        using var content = new MemoryStream();
        await second.ResponseStream.CopyToAsync(content, Cancel);
        Assert.Equal(HttpStatusCode.PartialContent, second.HttpStatusCode);
        Assert.Equal(2, second.PartsCount);
        Assert.Equal(_bytes[PartSize..], content.ToArray());
        Assert.Equal("InvalidPartNumber", third.ErrorCode);
    }

    [Fact]
    public async Task GetObjectAttributes_OfPartsPageByPage_ListsThemWithChecksums()
    {
        await StoreAsync();
        var request = new GetObjectAttributesRequest
        {
            BucketName = Bucket,
            Key = "k",
            MaxParts = 1,
            ObjectAttributes = [ObjectAttributes.ObjectParts, ObjectAttributes.ObjectSize, ObjectAttributes.Checksum, ObjectAttributes.ETag],
        };

        var first = await _s3.GetObjectAttributesAsync(request, Cancel);
        request.PartNumberMarker = first.ObjectParts.NextPartNumberMarker;
        var second = await _s3.GetObjectAttributesAsync(request, Cancel);

        Assert.Equal(_bytes.Length, first.ObjectSize);
        Assert.Equal(2, first.ObjectParts.TotalPartsCount);
        Assert.True(first.ObjectParts.IsTruncated);
        Assert.False(second.ObjectParts.IsTruncated);
        Assert.Equal([PartSize, 1000], first.ObjectParts.Parts.Concat(second.ObjectParts.Parts).Select(part => part.Size ?? 0));
        Assert.All(first.ObjectParts.Parts.Concat(second.ObjectParts.Parts), part => Assert.Equal(44, part.ChecksumSHA256.Length));
        Assert.EndsWith("-2", first.Checksum.ChecksumSHA256, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UploadPartCopy_Range_IsThatStretchAndBehindTheEndIsRefused()
    {
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "source", ContentBody = "0123456789" }, Cancel);
        var upload = await _s3.InitiateMultipartUploadAsync(Bucket, "copy", Cancel);
        var request = new CopyPartRequest
        {
            SourceBucket = Bucket,
            SourceKey = "source",
            DestinationBucket = Bucket,
            DestinationKey = "copy",
            UploadId = upload.UploadId,
            PartNumber = 1,
            FirstByte = 2,
            LastByte = 5,
        };

        var part = await _s3.CopyPartAsync(request, Cancel);
        request.LastByte = 10;
        var behind = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.CopyPartAsync(request, Cancel));
        await _s3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = Bucket, Key = "copy", UploadId = upload.UploadId, PartETags = [new PartETag(1, part.ETag)] }, Cancel);

        using var answer = await _s3.GetObjectAsync(Bucket, "copy", Cancel);
        using var reader = new StreamReader(answer.ResponseStream);
        Assert.Equal("2345", await reader.ReadToEndAsync(Cancel));
        Assert.Equal("InvalidRange", behind.ErrorCode);
    }

    [Fact]
    public async Task ListParts_PageByPage_IsEachPartOnce()
    {
        var upload = await _s3.InitiateMultipartUploadAsync(Bucket, "k", Cancel);

        foreach (var number in new[] { 7, 1, 10_000 })
            await PartAsync(upload.UploadId, number, [(byte)(number % 100)], null);

        var request = new ListPartsRequest { BucketName = Bucket, Key = "k", UploadId = upload.UploadId, MaxParts = 2 };
        var first = await _s3.ListPartsAsync(request, Cancel);
        request.PartNumberMarker = $"{first.NextPartNumberMarker}";
        var second = await _s3.ListPartsAsync(request, Cancel);

        Assert.Equal([1, 7], first.Parts.Select(part => part.PartNumber ?? 0));
        Assert.Equal([10_000], second.Parts.Select(part => part.PartNumber ?? 0));
        Assert.True(first.IsTruncated);
        Assert.False(second.IsTruncated);
    }

    [Fact]
    public async Task Complete_PartSentTwiceAndListedTwice_TakesTheLast()
    {
        var upload = await _s3.InitiateMultipartUploadAsync(Bucket, "k", Cancel);
        var first = await PartAsync(upload.UploadId, 1, [1], null);
        var second = await PartAsync(upload.UploadId, 1, [2], null);
        // The SDK would put them in order and drop what is there twice.
        var body = $"<CompleteMultipartUpload>{Part(first)}{Part(second)}</CompleteMultipartUpload>";

        var (status, answer) = await new RawS3(_server).SendAsync("POST", $"/{Bucket}/k?uploadId={upload.UploadId}", System.Text.Encoding.UTF8.GetBytes(body));

        Assert.True(status == HttpStatusCode.OK, answer);
        using var got = await _s3.GetObjectAsync(Bucket, "k", Cancel);
        Assert.Equal(2, got.ResponseStream.ReadByte());
    }

    [Fact]
    public async Task Complete_PartsOutOfOrder_IsInvalidPartOrder()
    {
        var upload = await _s3.InitiateMultipartUploadAsync(Bucket, "k", Cancel);
        var parts = new[] { await PartAsync(upload.UploadId, 2, [1], null), await PartAsync(upload.UploadId, 1, [2], null) };
        var body = $"<CompleteMultipartUpload>{string.Concat(parts.Select(Part))}</CompleteMultipartUpload>";

        var (status, answer) = await new RawS3(_server).SendAsync("POST", $"/{Bucket}/k?uploadId={upload.UploadId}", System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("<Code>InvalidPartOrder</Code>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<ChecksumSHA256>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=</ChecksumSHA256>", null, "InvalidPart", "<PartNumber>1</PartNumber>")]
    [InlineData("<ChecksumSHA256>S/USLzRFVMU73i67jNK349FgCtYxw4Wl18ziPHeFRZo=</ChecksumSHA256>", "FULL_OBJECT", "InvalidRequest", "COMPOSITE checksum mode")]
    public async Task Complete_ChecksumsOfPartsThatDoNotHold_IsRefused(string checksum, string? type, string code, string message)
    {
        var upload = await _s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = Bucket, Key = "k", ChecksumAlgorithm = ChecksumAlgorithm.SHA256 }, Cancel);
        var part = await PartAsync(upload.UploadId, 1, [1], ChecksumAlgorithm.SHA256);
        var body = $"<CompleteMultipartUpload>{Part(part).Replace("</Part>", checksum + "</Part>", StringComparison.Ordinal)}</CompleteMultipartUpload>";

        var (_, answer) = await new RawS3(_server).SendAsync(
            "POST", $"/{Bucket}/k?uploadId={upload.UploadId}", System.Text.Encoding.UTF8.GetBytes(body), null, type is null ? [] : [("x-amz-checksum-type", type)]);

        Assert.Contains($"<Code>{code}</Code>", answer, StringComparison.Ordinal);
        Assert.Contains(message, answer, StringComparison.Ordinal);
    }

    private static string Part(PartETag part) => $"<Part><PartNumber>{part.PartNumber}</PartNumber><ETag>{part.ETag}</ETag></Part>";

    /// <summary>Two parts with SHA-256 checksums.</summary>
    private async Task StoreAsync()
    {
        var upload = await _s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = Bucket, Key = "k", ChecksumAlgorithm = ChecksumAlgorithm.SHA256 }, Cancel);
        var parts = new List<PartETag>
        {
            await PartAsync(upload.UploadId, 1, _bytes[..PartSize], ChecksumAlgorithm.SHA256), await PartAsync(upload.UploadId, 2, _bytes[PartSize..], ChecksumAlgorithm.SHA256),
        };
        await _s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = Bucket, Key = "k", UploadId = upload.UploadId, PartETags = parts }, Cancel);
    }

    private async Task<PartETag> PartAsync(string uploadId, int number, byte[] bytes, ChecksumAlgorithm? algorithm)
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
}
