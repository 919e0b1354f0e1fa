using Amazon.S3;
using Amazon.S3.Model;

namespace SensorApp.Tests.Mocks.S3;

public sealed class ListingTests : IAsyncLifetime
{
    private const string Bucket = "listing";

    private static readonly string[] Keys =
        ["a", "a/", "a/b", "a/b/c", "a/b/d", "a/z", "b", "b//c", "b/c", "c d", "c+d", "d/é", "d/日本", "d/😀", "e", "z/1", "z/2", "z0"];

    private MocksServer _server = null!; // set before each test
    private AmazonS3Client _s3 = null!;  // likewise

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await MocksServer.StartAsync();
        _s3 = _server.S3();
        await _s3.PutBucketAsync(Bucket, Cancel);

        foreach (var key in Keys)
            await _s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, ContentBody = key }, Cancel);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static MatrixTheoryData<string, string?, int> Listings => new(["", "a", "a/", "d/", "none"], [null, "/", "b", "//"], [1, 2, 3, 1000]);

    [Theory]
    [MemberData(nameof(Listings))]
    public async Task List_PageByPage_IsEachKeyAndGroupOnceInOrder(string prefix, string? delimiter, int pageSize)
    {
        var (keys, groups) = Expected(prefix, delimiter);

        var second = await WalkV2Async(prefix, delimiter, pageSize);
        var first = await WalkV1Async(prefix, delimiter, pageSize);
        var versions = await WalkVersionsAsync(prefix, delimiter, pageSize);

        Assert.Equal(keys, second.Keys);
        Assert.Equal(groups, second.Groups);
        Assert.Equal(keys, first.Keys);
        Assert.Equal(groups, first.Groups);
        Assert.Equal(keys, versions.Keys);
        Assert.Equal(groups, versions.Groups);
    }

    [Fact]
    public async Task ListV2_StartAfter_BeginsBehindIt()
    {
        var page = await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, StartAfter = "d/日本" }, Cancel);

        Assert.Equal(["d/😀", "e", "z/1", "z/2", "z0"], page.S3Objects.Select(item => item.Key));
    }

    [Fact]
    public async Task ListV2_OfNoKeys_IsEmptyAndComplete()
    {
        var page = await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, MaxKeys = 0 }, Cancel);

        Assert.Equal(0, page.KeyCount);
        Assert.False(page.IsTruncated);
    }

    [Fact]
    public async Task DeleteObjects_AThousand_AreDeletedAndOneMoreIsRefused()
    {
        var thousand = Enumerable.Range(0, 1000).Select(i => new KeyVersion { Key = i < Keys.Length ? Keys[i] : $"none-{i}" }).ToList();

        var tooMany = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = Bucket, Objects = [.. thousand, new KeyVersion { Key = "x" }] }, Cancel));
        var deleted = await _s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = Bucket, Objects = thousand }, Cancel);

        Assert.Equal("MalformedXML", tooMany.ErrorCode);
        Assert.Equal(1000, deleted.DeletedObjects.Count);
        Assert.Empty((await WalkV2Async("", null, 1000)).Keys);
    }

    /// <summary>What must be listed, by the definition: keys sort by their UTF-8 bytes, and a group is what stands up to the delimiter.</summary>
    private static (List<string> Keys, List<string> Groups) Expected(string prefix, string? delimiter)
    {
        var sorted = Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(key => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal).ToList();
        string? GroupOf(string key) => delimiter is not null && key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is >= 0 and var at ? key[..(at + delimiter.Length)] : null;
        return ([.. sorted.Where(key => GroupOf(key) is null)], [.. sorted.Select(GroupOf).OfType<string>().Distinct()]);
    }

    private async Task<(List<string> Keys, List<string> Groups)> WalkV2Async(string prefix, string? delimiter, int pageSize)
    {
        var (keys, groups) = (new List<string>(), new List<string>());
        var request = new ListObjectsV2Request { BucketName = Bucket, Prefix = prefix, Delimiter = delimiter, MaxKeys = pageSize };
        ListObjectsV2Response page;

        do
        {
            page = await _s3.ListObjectsV2Async(request, Cancel);
            Assert.True(page.KeyCount <= pageSize);
            keys.AddRange((page.S3Objects ?? []).Select(item => item.Key));
            groups.AddRange(page.CommonPrefixes ?? []);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        return (keys, groups);
    }

    private async Task<(List<string> Keys, List<string> Groups)> WalkV1Async(string prefix, string? delimiter, int pageSize)
    {
        var (keys, groups) = (new List<string>(), new List<string>());
        var request = new ListObjectsRequest { BucketName = Bucket, Prefix = prefix, Delimiter = delimiter, MaxKeys = pageSize };
        ListObjectsResponse page;

        do
        {
            page = await _s3.ListObjectsAsync(request, Cancel);
            keys.AddRange((page.S3Objects ?? []).Select(item => item.Key));
            groups.AddRange(page.CommonPrefixes ?? []);
            // Without a delimiter there is no marker, and the last key is it.
            request.Marker = page.NextMarker ?? keys.LastOrDefault();
        }
        while (page.IsTruncated == true);

        return (keys, groups);
    }

    private async Task<(List<string> Keys, List<string> Groups)> WalkVersionsAsync(string prefix, string? delimiter, int pageSize)
    {
        var (keys, groups) = (new List<string>(), new List<string>());
        var request = new ListVersionsRequest { BucketName = Bucket, Prefix = prefix, Delimiter = delimiter, MaxKeys = pageSize };
        ListVersionsResponse page;

        do
        {
            page = await _s3.ListVersionsAsync(request, Cancel);
            keys.AddRange((page.Versions ?? []).Select(item => item.Key));
            groups.AddRange(page.CommonPrefixes ?? []);
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true);

        return (keys, groups);
    }
}
