using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace SensorApp.Tests.Mocks;

/// <summary>
/// Kills the process at random moments under load and compares what it acknowledged with what is there after a start.
/// <c>CRASH_ROUNDS</c> sets how often; the default is short enough for every run.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private const string Bucket = "crash";
    private const int Writers = 8;
    private const int LargeBytes = 300_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("mocks-crash-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("CRASH_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 3;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Kill_AtRandomMomentsUnderLoad_LosesNothingAcknowledged()
    {
        var acknowledged = new ConcurrentDictionary<string, byte[]>();
        var random = new Random(11);

        for (var round = 0; round < Rounds; round++)
        {
            await using var cloud = await MocksProcess.StartAsync(_folder, Cancel);
            using var s3 = cloud.S3();
            await s3.PutBucketAsync(Bucket, Cancel);
            await VerifyAsync(s3, acknowledged);

            var until = random.Next(20, 150);
            var written = 0;
            var enough = new TaskCompletionSource();
            var load = Enumerable.Range(0, Writers).Select(writer => WriteUntilKilledAsync(s3, $"{round}-{writer}", acknowledged, () =>
            {
                if (Interlocked.Increment(ref written) == until)
                    enough.TrySetResult();
            }));
            var writing = Task.WhenAll(load);
            await Task.WhenAny(enough.Task, writing);
            await cloud.KillAsync();
            await writing;
        }

        await using var last = await MocksProcess.StartAsync(_folder, Cancel);
        using var client = last.S3();
        await VerifyAsync(client, acknowledged);
        Assert.NotEmpty(acknowledged);
    }

    private static async Task WriteUntilKilledAsync(AmazonS3Client s3, string prefix, ConcurrentDictionary<string, byte[]> acknowledged, Action onWritten)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var key = $"{prefix}-{i}";
                // Every eighth is a file of its own, the others are rows.
                var bytes = RandomNumberGenerator.GetBytes(i % 8 == 7 ? LargeBytes : 100);
                await s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, InputStream = new MemoryStream(bytes) }, Cancel);
                acknowledged[key] = SHA256.HashData(bytes);
                onWritten();
            }
        }
        catch (Exception failure) when (failure is AmazonS3Exception or HttpRequestException or IOException or Amazon.Runtime.AmazonClientException)
        {
            // The process was killed: what was under way is not acknowledged.
        }
    }

    /// <summary>Everything acknowledged is there and whole, and what else is listed is whole too.</summary>
    private async Task VerifyAsync(AmazonS3Client s3, ConcurrentDictionary<string, byte[]> acknowledged)
    {
        var listed = new List<S3Object>();
        var query = new ListObjectsV2Request { BucketName = Bucket };
        ListObjectsV2Response page;

        do
        {
            page = await s3.ListObjectsV2Async(query, Cancel);
            listed.AddRange(page.S3Objects ?? []);
            query.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        Assert.Empty(acknowledged.Keys.Except(listed.Select(item => item.Key)));

        await Parallel.ForEachAsync(listed, Cancel, async (item, cancellationToken) =>
        {
            using var answer = await s3.GetObjectAsync(Bucket, item.Key, cancellationToken);
            using var content = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(content, cancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.HttpStatusCode);
            Assert.Equal(item.Size, content.Length);

            if (acknowledged.TryGetValue(item.Key, out var hash))
                Assert.Equal(hash, SHA256.HashData(content.ToArray()));
        });

        var files = Path.Combine(_folder, "data", "objects");
        Assert.Equal(listed.Count(item => item.Size == LargeBytes), Directory.Exists(files) ? Directory.GetFiles(files).Length : 0);
    }
}
