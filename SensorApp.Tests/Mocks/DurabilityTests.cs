using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using SensorApp.Mocks.Storage;

namespace SensorApp.Tests.Mocks;

public sealed class DurabilityTests : IDisposable
{
    private const string Bucket = "durable";

    private readonly string _folder = Directory.CreateTempSubdirectory("mocks-tests-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Restart_WithSmallAndLargeObjectsAndAnOpenUpload_HasThemAll()
    {
        var large = new byte[600_000];
        new Random(1).NextBytes(large);
        string uploadId;

        await using (var before = await MocksServer.StartAsync(_folder))
        {
            await before.S3().PutBucketAsync(Bucket, Cancel);
            await PutAsync(before.S3(), "small", [1, 2, 3]);
            await PutAsync(before.S3(), "large", large);
            uploadId = (await before.S3().InitiateMultipartUploadAsync(Bucket, "later", Cancel)).UploadId;
            await before.S3().UploadPartAsync(new UploadPartRequest { BucketName = Bucket, Key = "later", UploadId = uploadId, PartNumber = 1, InputStream = new MemoryStream(large) }, Cancel);
        }

        await using var after = await MocksServer.StartAsync(_folder);

        Assert.Equal([1, 2, 3], await GetAsync(after.S3(), "small"));
        Assert.Equal(large, await GetAsync(after.S3(), "large"));
        var parts = await after.S3().ListPartsAsync(Bucket, "later", uploadId, Cancel);
        Assert.Equal(large.Length, Assert.Single(parts.Parts).Size);
    }

    [Fact]
    public async Task Start_WithFilesThatNoRecordNames_RemovesThem()
    {
        await using (var before = await MocksServer.StartAsync(_folder))
        {
            await before.S3().PutBucketAsync(Bucket, Cancel);
            await PutAsync(before.S3(), "large", new byte[600_000]);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "objects", "orphan"), "x", Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder, "unfinished", "half"), "x", Cancel);

        await using var after = await MocksServer.StartAsync(_folder);

        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "unfinished")));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "objects")));
        Assert.Equal(600_000, (await GetAsync(after.S3(), "large")).Length);
    }

    [Fact]
    public async Task Delete_LargeObject_RemovesItsFile()
    {
        await using var server = await MocksServer.StartAsync(_folder);
        await server.S3().PutBucketAsync(Bucket, Cancel);
        await PutAsync(server.S3(), "large", new byte[600_000]);

        await server.S3().DeleteObjectAsync(Bucket, "large", Cancel);

        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "objects")));
    }

    [Fact]
    public async Task PutObject_BodyThatFailsItsChecksum_LeavesNoFile()
    {
        await using var server = await MocksServer.StartAsync(_folder);
        await server.S3().PutBucketAsync(Bucket, Cancel);

        var failure = await Assert.ThrowsAsync<AmazonS3Exception>(() => server.S3().PutObjectAsync(
            new PutObjectRequest { BucketName = Bucket, Key = "k", InputStream = new MemoryStream(new byte[600_000]), ChecksumCRC32 = "AAAAAA==" }, Cancel));

        Assert.Equal("BadDigest", failure.ErrorCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "unfinished")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "objects")) && Directory.GetFiles(Path.Combine(_folder, "objects")).Length > 0);
    }

    [Fact]
    public async Task Start_WhereAnotherHasTheFolder_SaysSo()
    {
        await using var first = await MocksServer.StartAsync(_folder);

        var failure = await Assert.ThrowsAsync<IOException>(() => MocksServer.StartAsync(_folder));

        Assert.Contains("in use by another stand-in cloud", failure.Message, StringComparison.Ordinal);
        Assert.Contains("MOCKS_DATA_DIR", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_ThirtyTwoAtOnce_ShareFlushes()
    {
        await using var server = await MocksServer.StartAsync(_folder);
        var s3 = server.S3();
        await s3.PutBucketAsync(Bucket, Cancel);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(async writer =>
        {
            for (var i = 0; i < 10; i++)
                await PutAsync(s3, $"{writer}/{i}", [1]);
        }));

        var state = await server.Http().GetStringAsync("/_mocks/state", Cancel);
        var listed = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, Cancel);
        Assert.Equal(320, listed.KeyCount);
        Assert.Contains("\"writes\":321", state, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_WithoutAPause_KeepTheLogSmall()
    {
        const int ObjectBytes = 20_000;
        const long Enough = 24_000_000;
        const long TooMuch = 100_000_000;
        var log = Path.Combine(_folder, "cloud.db-wal");
        await using var server = await MocksServer.StartAsync(_folder);
        var s3 = server.S3();
        await s3.PutBucketAsync(Bucket, Cancel);
        var bytes = new byte[ObjectBytes];
        var written = 0L;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            for (var i = 0; Interlocked.Read(ref written) < Enough || (!IsSmall() && Interlocked.Read(ref written) < TooMuch); i++)
            {
                await PutAsync(s3, $"{writer}/{i}", bytes);
                Interlocked.Add(ref written, ObjectBytes);
            }
        }));

        Assert.True(IsSmall(), $"The log has {new FileInfo(log).Length} bytes after {written} were written.");

        bool IsSmall() => new FileInfo(log).Length < Interlocked.Read(ref written) / 2;
    }

    [Fact]
    public async Task Database_CopiedByTwoConnections_IsOfALibraryThatCan()
    {
        await using var server = await MocksServer.StartAsync(_folder);

        var version = await server.Services.GetRequiredService<IWriteQueue>().WriteAsync(scope => scope.Session?.Scalar<string>("SELECT sqlite_version()"));

        // Before, two that copy can spoil the database: https://www.sqlite.org/wal.html#walresetbug
        Assert.True(Version.Parse(version ?? "0.0") >= new Version(3, 51, 3), $"SQLite {version} is too old.");
    }

    private static Task<PutObjectResponse> PutAsync(AmazonS3Client s3, string key, byte[] bytes) =>
        s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, InputStream = new MemoryStream(bytes) }, Cancel);

    private static async Task<byte[]> GetAsync(AmazonS3Client s3, string key)
    {
        using var answer = await s3.GetObjectAsync(Bucket, key, Cancel);
        using var bytes = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(bytes, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.HttpStatusCode);
        return bytes.ToArray();
    }
}
