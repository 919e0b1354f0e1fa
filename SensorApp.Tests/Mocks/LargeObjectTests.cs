using System.Globalization;
using System.Net;
using Amazon.S3;

namespace SensorApp.Tests.Mocks;

/// <summary>An object far larger than the memory that it may take. <c>LARGE_OBJECT_MB</c> sets how large, up to 5,120.</summary>
public sealed class LargeObjectTests : IDisposable
{
    private const string Bucket = "large";
    private const int Megabyte = 1024 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("mocks-large-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task PutAndGet_LargeObject_StreamsInConstantMemory()
    {
        var length = Megabyte * (long.TryParse(Environment.GetEnvironmentVariable("LARGE_OBJECT_MB"), CultureInfo.InvariantCulture, out var megabytes) ? megabytes : 512);
        await using var cloud = await MocksProcess.StartAsync(_folder, Cancel);
        using var s3 = cloud.S3();
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await s3.PutBucketAsync(Bucket, Cancel);
        var before = cloud.PeakMemory;

        using var body = new StreamContent(new BlankStream(length), Megabyte);
        body.Headers.ContentLength = length;
        using var put = await http.PutAsync(s3.Presign(Bucket, "k", HttpVerb.PUT), body, Cancel);
        using var get = await http.GetAsync(s3.Presign(Bucket, "k"), HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var content = await get.Content.ReadAsStreamAsync(Cancel);
        var received = 0L;

        for (var buffer = new byte[Megabyte]; await content.ReadAsync(buffer, Cancel) is > 0 and var count;)
            received += count;

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(length, received);
        Assert.InRange(cloud.PeakMemory - before, 0, Math.Min(length / 2, 256L * Megabyte));
    }

    /// <summary>So many bytes of zero.</summary>
    private sealed class BlankStream(long length) : Stream
    {
        private long _sent;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _sent; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = (int)Math.Min(count, length - _sent);
            Array.Clear(buffer, offset, count);
            _sent += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
