using System.Net;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using SensorApp.Mocks.Storage;
using SensorApp.Tests.Mocks.DynamoDb;

using static SensorApp.Tests.Mocks.DynamoDb.Values;

namespace SensorApp.Tests.Mocks;

/// <summary>A disk that is full or cannot be written: clients are told, nothing is acknowledged, and what was there stays.</summary>
public sealed class StorageFailureTests : IDisposable
{
    private const string Bucket = "failing";
    private const int MostWrites = 500;

    private readonly string _folder = Directory.CreateTempSubdirectory("mocks-failure-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Writes_UntilTheDatabaseIsFull_AreEachDurableOrRefusedWith507()
    {
        var kept = new List<string>();
        AmazonS3Exception? refused = null;
        string table;

        await using (var server = await MocksServer.StartAsync(_folder))
        {
            await server.S3().PutBucketAsync(Bucket, Cancel);
            table = await DynamoServer.CreateTableAsync(server.DynamoDb());
            await LimitAsync(server, "PRAGMA max_page_count=300");

            for (var i = 0; refused is null && i < MostWrites; i++)
            {
                try
                {
                    await PutAsync(server.S3(), $"k{i}", 20_000);
                    kept.Add($"k{i}");
                }
                catch (AmazonS3Exception failure)
                {
                    refused = failure;
                }
            }

            var item = await Assert.ThrowsAnyAsync<Amazon.DynamoDBv2.AmazonDynamoDBException>(() => server.DynamoDb().PutItemAsync(
                table, new() { ["p"] = S("x"), ["filling"] = S(new string('x', 200_000)) }, Cancel));
            Assert.Equal((HttpStatusCode)507, item.StatusCode);
            Assert.Equal(kept.Order(StringComparer.Ordinal), await KeysAsync(server));

            await LimitAsync(server, "PRAGMA max_page_count=100000");
            await PutAsync(server.S3(), "later", 20_000);
        }

        await using var after = await MocksServer.StartAsync(_folder);
        Assert.Equal((HttpStatusCode)507, refused?.StatusCode);
        Assert.Equal("InsufficientStorage", refused?.ErrorCode);
        Assert.NotEmpty(kept);
        Assert.Equal(kept.Append("later").Order(StringComparer.Ordinal), await KeysAsync(after));
        Assert.Empty((await after.DynamoDb().ScanAsync(new ScanRequest(table), Cancel)).Items ?? []);
    }

    [Fact]
    public async Task Writes_WhereTheDatabaseCannotBeWritten_AreRefusedWith500AndReadsGoOn()
    {
        await using var server = await MocksServer.StartAsync(_folder);
        await server.S3().PutBucketAsync(Bucket, Cancel);
        await PutAsync(server.S3(), "before", 10);
        await LimitAsync(server, "PRAGMA query_only=ON");

        var put = await Assert.ThrowsAsync<AmazonS3Exception>(() => PutAsync(server.S3(), "during", 10));
        var delete = await Assert.ThrowsAsync<AmazonS3Exception>(() => server.S3().DeleteObjectAsync(Bucket, "before", Cancel));

        Assert.Equal(HttpStatusCode.InternalServerError, put.StatusCode);
        Assert.Contains("cannot write its data", put.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.InternalServerError, delete.StatusCode);
        Assert.Equal(["before"], await KeysAsync(server));
    }

    [Fact]
    public async Task PutObject_LargeWhereFilesCannotBeMade_IsRefusedWith500()
    {
        await using var server = await MocksServer.StartAsync(_folder);
        await server.S3().PutBucketAsync(Bucket, Cancel);
        Directory.Delete(Path.Combine(_folder, "unfinished"));

        var failure = await Assert.ThrowsAsync<AmazonS3Exception>(() => PutAsync(server.S3(), "large", 600_000));

        Assert.Equal(HttpStatusCode.InternalServerError, failure.StatusCode);
        Assert.Contains("cannot write its data", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await KeysAsync(server));
    }

    [Fact]
    public async Task Writes_OnADiskThatFillsUp_AreEachDurableOrRefusedWith507()
    {
        if (!await MocksProcess.CanMountAsync(Cancel))
            Assert.Skip("A small disk of our own cannot be mounted here.");

        await using var cloud = await MocksProcess.StartOnSmallDiskAsync(_folder, "8m", Cancel);
        using var s3 = cloud.S3();
        await s3.PutBucketAsync(Bucket, Cancel);
        var kept = new List<string>();
        var refused = new List<HttpStatusCode>();

        for (var i = 0; refused.Count < 3 && i < MostWrites; i++)
        {
            try
            {
                await PutAsync(s3, $"k{i:D3}", i % 2 == 0 ? 100_000 : 400_000);
                kept.Add($"k{i:D3}");
            }
            catch (AmazonS3Exception failure)
            {
                refused.Add(failure.StatusCode);
            }
        }

        var listed = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, Cancel);
        Assert.All(refused, status => Assert.Equal((HttpStatusCode)507, status));
        Assert.NotEmpty(kept);
        Assert.Equal(kept, listed.S3Objects.Select(item => item.Key));

        foreach (var item in listed.S3Objects)
        {
            using var answer = await s3.GetObjectAsync(Bucket, item.Key, Cancel);
            using var bytes = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(bytes, Cancel);
            Assert.Equal(item.Size, bytes.Length);
        }
    }

    /// <summary>Runs a pragma on the connection that writes.</summary>
    private static Task LimitAsync(MocksServer server, string pragma) =>
        server.Services.GetRequiredService<IWriteQueue>().WriteAsync(scope => scope.Session?.Execute(pragma) ?? 0);

    private static async Task<IEnumerable<string>> KeysAsync(MocksServer server)
    {
        var page = await server.S3().ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, Cancel);
        return (page.S3Objects ?? []).Select(item => item.Key);
    }

    private static Task PutAsync(AmazonS3Client s3, string key, int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, InputStream = new MemoryStream(bytes) }, Cancel);
    }
}
