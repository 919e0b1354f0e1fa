namespace SensorApp.Tests.Api;

/// <summary>Large answers are sent while they are read: nothing of their size is ever in memory.</summary>
public sealed class StreamingTests : IAsyncLifetime
{
    private const int Sensors = 20_000;

    private readonly CloudFaults _faults = new();
    private ApiServer _api = null!; // set before each test
    private string _fileId = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiServer.StartAsync(faults: _faults);
        var rows = string.Concat(Enumerable.Range(0, Sensors).Select(i => $"sensor-{i:00000},2026-03-02T00:00:00Z,{i}\n"));
        _fileId = (await _api.ProcessAsync("sensor_id,timestamp,value\n" + rows))["file_id"]!.GetValue<string>();
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("?format=csv")]
    public async Task Result_OfManySensors_IsSentWhileItIsRead(string query)
    {
        var reads = 0;
        var gate = new Gate(request => request.Method == HttpMethod.Get && Interlocked.Increment(ref reads) > 10);
        _faults.OnS3Async = gate.PassAsync;

        // The rest of the document cannot be read yet, and the answer has begun.
        using var answer = await _api.Http.GetAsync($"/results/{_fileId}{query}", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await gate.WhenArrivedAsync();
        gate.Open();

        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("sensor-00000", text, StringComparison.Ordinal);
        Assert.Contains($"sensor-{Sensors - 1}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("", 10)]
    [InlineData("?format=csv", 10)]
    public async Task Result_CloudFailsInTheMiddle_IsCutOffAndDoesNotPassForAWholeAnswer(string query, int after)
    {
        var reads = 0;
        _faults.OnS3Async = (request, token) => request.Method == HttpMethod.Get && Interlocked.Increment(ref reads) > after
            ? CloudFaults.UnavailableAsync(request, token)
            : CloudFaults.GoesOnAsync(request, token);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _api.Http.GetStringAsync($"/results/{_fileId}{query}", Cancellation));
    }

    [Fact]
    public async Task Result_CloudFailsBeforeItsFirstByte_IsAProblem()
    {
        _faults.OnS3Async = CloudFaults.UnavailableAsync;

        using var answer = await _api.Http.GetAsync($"/results/{_fileId}", Cancellation);

        await UploadTests.AssertProblemAsync(answer, 503, "storage_unavailable");
    }

    [Theory]
    [InlineData("sensor_id")]
    [InlineData("-max")]
    public async Task Sensors_PageByPage_AreAllOfThemInOrder(string sort)
    {
        var ids = new List<string>();
        string? cursor = "";

        while (cursor is not null)
        {
            var page = await _api.GetJsonAsync($"/results/{_fileId}/sensors?search=00&limit=100&sort={sort}&cursor={cursor}");
            ids.AddRange(page["sensors"]!.AsArray().Select(sensor => sensor!["sensor_id"]!.GetValue<string>()));
            cursor = page["next_cursor"]?.GetValue<string>();
        }

        var expected = Enumerable.Range(0, Sensors).Select(i => $"sensor-{i:00000}").Where(id => id.Contains("00", StringComparison.Ordinal)).ToList();
        Assert.Equal(sort == "-max" ? expected.AsEnumerable().Reverse() : expected, ids);
    }
}
