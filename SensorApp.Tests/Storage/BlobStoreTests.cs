using System.Buffers;
using System.Net;
using System.Text;
using SensorApp.Api.Storage;
using SensorApp.Api.Storage.Aws;
using SensorApp.Tests.Api;
using SensorApp.Tests.Mocks;

namespace SensorApp.Tests.Storage;

public sealed class BlobStoreTests : IAsyncLifetime
{
    private readonly CloudFaults _faults = new();
    private ApiServer _api = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IBlobStore Store => _api.Blobs;

    public async ValueTask InitializeAsync() => _api = await ApiServer.StartAsync(faults: _faults);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Put_FirstTryAnsweredWith503_SendsTheWholeBodyAgain()
    {
        var content = Bytes(200_000);
        var tries = 0;
        _faults.OnS3Async = (request, token) =>
            request.Method == HttpMethod.Put && ++tries == 1 ? CloudFaults.UnavailableAsync(request, token) : CloudFaults.GoesOnAsync(request, token);

        await Store.PutAsync("uploads/x", new ReadOnlySequence<byte>(content), sha256: null, Cancellation);

        Assert.Equal(2, tries);
        Assert.Equal(content, await ReadAllAsync("uploads/x"));
    }

    [Fact]
    public async Task Read_Range_FillsTheBuffer()
    {
        var content = Bytes(1000);
        await Store.PutAsync("uploads/x", new ReadOnlySequence<byte>(content), sha256: null, Cancellation);
        var buffer = new byte[100];

        await Store.ReadAsync("uploads/x", 250, buffer, Cancellation);

        Assert.Equal(content[250..350], buffer);
    }

    [Fact]
    public async Task CompleteParts_Again_ChangesNothing()
    {
        var uploadId = await Store.BeginPartsAsync("uploads/x", Cancellation);
        var parts = new[] { await Store.PutPartAsync("uploads/x", uploadId, 1, new ReadOnlySequence<byte>(Bytes(10)), Cancellation) };
        await Store.CompletePartsAsync("uploads/x", uploadId, parts, Cancellation);

        await Store.CompletePartsAsync("uploads/x", uploadId, parts, Cancellation);

        Assert.Equal(Bytes(10), await ReadAllAsync("uploads/x"));
    }

    [Fact]
    public async Task Open_UnknownBlob_SaysThatItIsNotThere()
    {
        var failure = await Assert.ThrowsAsync<S3ObjectNotFoundException>(() => Store.OpenAsync("uploads/none", Cancellation));

        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task Open_StoreThrottles_IsAThrottledException()
    {
        _faults.OnS3Async = (request, _) => Task.FromResult<HttpResponseMessage?>(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
        {
            RequestMessage = request,
            Content = new StringContent("<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>", Encoding.UTF8, "application/xml"),
        });

        await Assert.ThrowsAsync<S3ThrottledException>(() => Store.OpenAsync("uploads/x", Cancellation));
    }

    [Fact]
    public async Task Open_ConnectionsOfTheRealCloudCutInMidBody_ReadsTheWholeBlob()
    {
        await using var cloud = await MocksServer.StartAsync();
        await using var api = await ApiServer.StartAsync(cloud);
        var content = Bytes(3_000_000);
        await api.Blobs.PutAsync("uploads/x", new ReadOnlySequence<byte>(content), sha256: null, Cancellation);
        using var admin = cloud.Http();
        admin.DefaultRequestHeaders.Add("X-Mocks-Admin", "true");
        using var added = await admin.PutAsync("/_mocks/faults", new StringContent("""{"service":"s3","operation":"GetObject","error":"reset-mid-body","count":3}"""), Cancellation);

        await using var stream = await api.Blobs.OpenAsync("uploads/x", Cancellation);
        var read = new MemoryStream();
        await stream.CopyToAsync(read, Cancellation);

        Assert.True(added.IsSuccessStatusCode);
        Assert.Equal(content, read.ToArray());
        Assert.Contains("\"hits\":3", await admin.GetStringAsync("/_mocks/faults", Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task ResumingStream_CutInMidBody_GoesOnWhereItWas(int cuts)
    {
        var content = Bytes(1000);
        var left = cuts;
        var resumed = new List<long>();
        OpenedRange Opened(long offset) => new(
            left-- > 0 ? new CutStream(content[(int)offset..], after: 100) : new MemoryStream(content[(int)offset..]), content.Length - offset, "\"e\"", Translate);
        await using var stream = new ResumingStream(
            Opened(0),
            (offset, etag, _) =>
            {
                resumed.Add(offset);
                Assert.Equal("\"e\"", etag);
                return Task.FromResult(Opened(offset));
            },
            TimeProvider.System);
        var read = new MemoryStream();

        await stream.CopyToAsync(read, Cancellation);

        Assert.Equal(content, read.ToArray());
        Assert.Equal(Enumerable.Range(1, cuts).Select(cut => 100L * cut), resumed);
    }

    [Fact]
    public async Task ResumingStream_NeverAByte_IsAnOutage()
    {
        OpenedRange Opened() => new(new CutStream([1, 2, 3], after: 0), 3, "\"e\"", Translate);
        await using var stream = new ResumingStream(Opened(), (_, _, _) => Task.FromResult(Opened()), TimeProvider.System);

        await Assert.ThrowsAsync<BlobStorageException>(() => stream.ReadAsync(new byte[3], Cancellation).AsTask());
    }

    [Fact]
    public void SequenceStream_ReadTwice_GivesTheSameBytes()
    {
        var content = Bytes(100_000);
        using var stream = new SequenceStream(new ReadOnlySequence<byte>(content));
        var (first, second) = (new byte[content.Length], new byte[content.Length]);

        stream.ReadExactly(first);
        stream.Position = 0;
        stream.ReadExactly(second);

        Assert.Equal(content, first);
        Assert.Equal(content, second);
        Assert.Equal(0, stream.Read(new byte[1]));
    }

    private static BlobStorageException Translate(Exception cause) => new("cut", cause);

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 31))];

    private async Task<byte[]> ReadAllAsync(string key)
    {
        await using var stream = await Store.OpenAsync(key, Cancellation);
        var read = new MemoryStream();
        await stream.CopyToAsync(read, Cancellation);
        return read.ToArray();
    }

    /// <summary>A body whose connection is cut after some bytes.</summary>
    private sealed class CutStream(byte[] content, int after) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Position >= after
            ? throw new IOException("cut")
            : base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, after - Position)], cancellationToken);
    }
}
