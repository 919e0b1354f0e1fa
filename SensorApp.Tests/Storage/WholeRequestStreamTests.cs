using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SensorApp.Api.Storage.Aws;
using SensorApp.Tests.Api;

namespace SensorApp.Tests.Storage;

public sealed class WholeRequestStreamTests : IDisposable
{
    private readonly WrittenPieces _connection = new();
    private readonly WholeRequestStream _stream;

    public WholeRequestStreamTests() => _stream = new WholeRequestStream(_connection);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Write_RequestInPieces_PassesOnceItIsWhole(int later)
    {
        var request = Request(1_000 * (later + 1));

        await WriteAsync(request, later + 1);
        await WriteAsync(request, later + 1);

        Assert.Equal([request, request], _connection.All);
    }

    [Fact]
    public void Write_Synchronously_PassesOnceItIsWhole()
    {
        var request = Encoding.ASCII.GetBytes(Request(2_000));

        for (var time = 0; time < 2; time++)
        {
            _stream.Write(request, 0, 1_500);
            _stream.Write(request.AsSpan(1_500));
        }

        Assert.Equal([Request(2_000), Request(2_000)], _connection.All);
    }

    [Fact]
    public async Task Write_HeadByItself_PassesAtOnce()
    {
        // With "Expect: 100-continue" the client waits for an answer to it.
        var request = Request(100);
        var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;

        await WriteAsync(request[..head]);
        await WriteAsync(request[head..]);
        await WriteAsync(Request(1_000), 2);

        Assert.Equal([request[..head], request[head..], Request(1_000)], _connection.All);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")]
    public async Task Write_RequestThatIsWhole_PassesAtOnce(string request)
    {
        await WriteAsync(request);
        await WriteAsync(Request(1_000), 2);

        Assert.Equal([request, Request(1_000)], _connection.All);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Write_RequestOfAboutTheLongestThatIsHeld_PassesWholeUpToThat(int longer, bool isHeld)
    {
        var head = Request(WholeRequestStream.LongestHeldBytes).Length - WholeRequestStream.LongestHeldBytes;
        var request = Request(WholeRequestStream.LongestHeldBytes - head + longer);

        await WriteAsync(request, 2);
        await WriteAsync(Request(1_000), 2);

        Assert.Equal(isHeld ? [request, Request(1_000)] : [.. Pieces(request, 2), Request(1_000)], _connection.All);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: some\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nX-Long: ")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public async Task Write_RequestThatDoesNotSayHowLongItIs_LetsAllPassFromThenOn(string beginning)
    {
        var looksLikeOne = Request(1_000);

        await WriteAsync(beginning);
        await WriteAsync(looksLikeOne, 2);

        Assert.Equal([beginning, .. Pieces(looksLikeOne, 2)], _connection.All);
    }

    [Fact]
    public async Task Write_RequestOnItsWay_KeepsItsBuffer()
    {
        var gate = new TaskCompletionSource();
        _connection.Gate = gate.Task;
        await WriteAsync(Request(3_000)[..2_000]);
        var writing = _stream.WriteAsync(Encoding.ASCII.GetBytes(Request(3_000)[2_000..]), Cancellation);

        ArrayPool<byte>.Shared.Rent(Request(3_000).Length).AsSpan().Clear();
        gate.SetResult();
        await writing;

        Assert.Equal([Request(3_000)], _connection.All);
    }

    [Fact]
    public async Task Write_RequestThatIsSent_GivesItsBufferBack()
    {
        await WriteAsync(Request(3_000), 2);

        Assert.Same(_connection.LastBuffer, ArrayPool<byte>.Shared.Rent(Request(3_000).Length));
    }

    [Fact]
    public async Task Write_RequestThatFails_LeavesItsBufferToWhoMayStillReadIt()
    {
        _connection.Gate = Task.FromException(new IOException("The connection is gone."));

        await Assert.ThrowsAsync<IOException>(() => WriteAsync(Request(3_000), 2));

        Assert.NotSame(_connection.LastBuffer, ArrayPool<byte>.Shared.Rent(Request(3_000).Length));
    }

    [Fact]
    public void Dispose_ClosesTheConnection()
    {
        _stream.Dispose();

        Assert.False(_connection.CanWrite);
    }

    [Fact]
    public async Task Send_BodiesAroundTheClientsBuffer_ArriveWholeAndAreAnswered()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        await using var server = builder.Build();
        server.MapPost("/", async context => await context.Request.Body.CopyToAsync(context.Response.Body, Cancellation));
        await server.StartAsync(Cancellation);
        CountedWrites? written = null;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 1,
            PlaintextStreamFilter = (connection, _) => new(new WholeRequestStream(written = new CountedWrites((NetworkStream)connection.PlaintextStream))),
        });

        var requests = 0;

        // Head and body together are 4,096 bytes at one of them, of which HttpClient's buffer is then just full.
        foreach (var length in Enumerable.Range(3_800, 297).Append(0).Append(40_000))
        {
            var body = RandomNumberGenerator.GetBytes(length);

            using var answer = await client.PostAsync(server.Urls.Single(), new ByteArrayContent(body), Cancellation);

            Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync(Cancellation));
            Assert.Equal(++requests, written?.Count);
        }
    }

    [Theory]
    [InlineData("s3")]
    [InlineData("dynamodb")]
    public async Task Clients_OfTheCloud_SendTheirRequestsThroughIt(string name)
    {
        await using var api = await ApiServer.StartAsync();

        var handler = api.Get<IHttpMessageHandlerFactory>().CreateHandler(name);

        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        Assert.NotNull(Assert.IsType<SocketsHttpHandler>(handler).PlaintextStreamFilter);
    }

    public void Dispose() => _stream.Dispose();

    private static string Request(int bodyLength) => $"PUT /sensor-files/x HTTP/1.1\r\nHost: a\r\nContent-Length: {bodyLength}\r\n\r\n{new string('x', bodyLength)}";

    private static IEnumerable<string> Pieces(string request, int count) => request.Chunk((request.Length + count - 1) / count).Select(piece => new string(piece));

    private async Task WriteAsync(string request, int pieces = 1)
    {
        foreach (var piece in Pieces(request, pieces))
        {
            await _stream.WriteAsync(Encoding.ASCII.GetBytes(piece), Cancellation);
        }
    }

    /// <summary>Keeps what is written to it, write by write.</summary>
    private sealed class WrittenPieces : MemoryStream
    {
        public List<string> All { get; } = [];

        public byte[]? LastBuffer { get; private set; }

        /// <summary>What each write waits for.</summary>
        public Task Gate { get; set; } = Task.CompletedTask;

        public override void Write(byte[] buffer, int offset, int count) => All.Add(Encoding.ASCII.GetString(buffer, offset, count));

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LastBuffer = MemoryMarshal.TryGetArray(buffer, out var array) ? array.Array : null;
            await Gate;
            All.Add(Encoding.ASCII.GetString(buffer.Span));
        }
    }

    private sealed class CountedWrites(NetworkStream connection) : NetworkStream(connection.Socket, ownsSocket: true)
    {
        public int Count { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Count++;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
