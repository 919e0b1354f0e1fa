using System.Net;
using SensorApp.Tests.Mocks;

namespace SensorApp.Tests.Api;

public sealed class EventTests : IAsyncLifetime
{
    private readonly CloudFaults _faults = new();
    private MocksServer _cloud = null!; // set before each test
    private ApiServer _api = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cloud = await MocksServer.StartAsync();
        _api = await ApiServer.StartAsync(_cloud, faults: _faults);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Events_FromAnotherReplica_TellOfTheWorkOfThisOne()
    {
        await using var watched = await WatchUnfinishedFileAsync();

        watched.Gate.Open();
        var last = watched.First;
        while (await ReadDataAsync(watched.Events) is { } data)
        {
            last = data;
        }

        Assert.Contains($"\"file_id\":\"{watched.FileId}\",\"status\":\"p", watched.First, StringComparison.Ordinal);
        Assert.DoesNotContain("processed", watched.First, StringComparison.Ordinal);
        Assert.Equal($$"""{"file_id":"{{watched.FileId}}","status":"processed"}""", last);
    }

    [Fact]
    public async Task Events_FileCancelledMeanwhile_SayThatItFailed()
    {
        await using var watched = await WatchUnfinishedFileAsync();

        using var cancelled = await _api.Http.PostAsync($"/files/{watched.FileId}/cancel", content: null, Cancellation);
        var last = await ReadDataAsync(watched.Events);

        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        Assert.Contains("\"status\":\"failed\"", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WithAnOpenStream_EndsTheStream()
    {
        await using var watched = await WatchUnfinishedFileAsync();

        var stop = watched.Replica.StopAsync();
        while (await ReadDataAsync(watched.Events) is not null)
        {
        }

        await stop.WaitAsync(ApiServer.Patience, Cancellation);
    }

    [Fact]
    public async Task Events_ReconnectAfterTheEnd_Is204SoThatTheBrowserStops()
    {
        var result = await _api.ProcessAsync("sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/events?file_id={result["file_id"]}") { Headers = { { "Last-Event-ID", "1" } } };

        using var answer = await _api.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task Events_TooFewOrManyFiles_IsRefused(int count)
    {
        var query = string.Join('&', Enumerable.Range(0, count).Select(_ => $"file_id={Guid.CreateVersion7():N}"));

        using var answer = await _api.Http.GetAsync($"/events?{query}", Cancellation);

        await UploadTests.AssertProblemAsync(answer, 400, "parameter_invalid");
    }

    /// <summary>A file at work here, whose events another replica sends. It is too large for its bytes to be kept, so that its worker must fetch them.</summary>
    private async Task<WatchedFile> WatchUnfinishedFileAsync()
    {
        var gate = new Gate(request => request.Method == HttpMethod.Get);
        _faults.OnS3Async = gate.PassAsync;
        var rows = string.Concat(Enumerable.Repeat("a,2026-03-02T00:00:00Z,1\n", 4000));
        using var upload = await _api.Http.PostAsync("/upload", ApiServer.Form("sensor_id,timestamp,value\n" + rows), Cancellation);
        var fileId = (await ApiServer.ReadAsync(upload))["file_id"]!.GetValue<string>(); // every answer to an upload has one
        await gate.WhenArrivedAsync();

        var replica = await ApiServer.StartAsync(_cloud);
        var answer = await replica.Http.GetAsync($"/events?file_id={fileId}", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var events = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        return new WatchedFile(fileId, gate, replica, events, await ReadDataAsync(events));
    }

    /// <summary>The data of the next event that is no heartbeat; null at the end of the stream.</summary>
    private static async Task<string?> ReadDataAsync(StreamReader events)
    {
        const string Prefix = "data: {\"file_id\"";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(ApiServer.Patience);

        while (await events.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                return line["data: ".Length..];
            }
        }

        return null;
    }

    /// <param name="Gate">Holds the worker up until it is opened.</param>
    /// <param name="First">The state on connect.</param>
    private sealed record WatchedFile(string FileId, Gate Gate, ApiServer Replica, StreamReader Events, string? First) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Gate.Open();
            Events.Dispose();
            await Replica.DisposeAsync();
        }
    }
}
