using System.Net;
using SensorApp.Api.Storage;

namespace SensorApp.Tests.Api;

public sealed class LifecycleTests : IAsyncLifetime
{
    private const string Csv = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n";

    private readonly CloudFaults _faults = new();
    private ApiServer _api = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await ApiServer.StartAsync(faults: _faults);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Delete_FinishedFile_RemovesRecordAndBlobs()
    {
        var fileId = await FinishedAsync();

        using var answer = await _api.Http.DeleteAsync($"/files/{fileId}", Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _api.Http.GetAsync($"/status/{fileId}", Cancellation)).StatusCode);
        Assert.Empty(await _api.Blobs.ListAsync("", Cancellation).ToListAsync(Cancellation));
        Assert.Empty((await _api.GetJsonAsync("/files"))["files"]!.AsArray());
    }

    [Fact]
    public async Task Delete_BlobStoreAway_IsFinalAndContinuedLater()
    {
        var fileId = await FinishedAsync();
        _faults.OnS3Async = CloudFaults.UnavailableAsync;

        using var answer = await _api.Http.DeleteAsync($"/files/{fileId}", Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _api.Http.GetAsync($"/status/{fileId}", Cancellation)).StatusCode);
        Assert.Equal(FileStatus.Deleting, (await _api.Metadata.FindAsync(fileId, Cancellation))?.Status);
    }

    [Fact]
    public async Task Reprocess_FinishedFile_GoesBackToPendingAndFinishesAgain()
    {
        var fileId = await FinishedAsync();
        var gate = new Gate(request => request.Method == HttpMethod.Get);
        _faults.OnS3Async = gate.PassAsync;

        using var answer = await _api.Http.PostAsync($"/files/{fileId}/reprocess", content: null, Cancellation);
        await gate.WhenArrivedAsync();
        var during = await _api.GetJsonAsync($"/results/{fileId}");
        gate.Open();
        var after = await _api.Get<SensorApp.Api.Services.Events.FileWaiter>().WaitAsync(fileId, TimeSpan.FromMinutes(1), Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("pending", during["status"]!.GetValue<string>());
        Assert.Null(during["total_rows"]);
        Assert.Null(during["processing_time"]);
        Assert.Equal(FileStatus.Processed, after?.Status);
    }

    [Fact]
    public async Task Cancel_FileAtWork_FailsItAndItsWorkerPublishesNothing()
    {
        var gate = new Gate(request => request.Method == HttpMethod.Get);
        _faults.OnS3Async = gate.PassAsync;
        var fileId = await UploadLargeAsync();
        await gate.WhenArrivedAsync();

        using var answer = await _api.Http.PostAsync($"/files/{fileId}/cancel", content: null, Cancellation);
        gate.Open();

        var result = await _api.GetJsonAsync($"/results/{fileId}");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(("failed", "cancelled"), (result["status"]!.GetValue<string>(), result["error"]!["code"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("reprocess")]
    public async Task Change_InAStatusWhereItMakesNoSense_Is409(string action)
    {
        var gate = new Gate(request => request.Method == HttpMethod.Get);
        var fileId = await FinishedAsync();

        if (action == "reprocess")
        {
            _faults.OnS3Async = gate.PassAsync;
            fileId = await UploadLargeAsync();
        }

        using var answer = await _api.Http.PostAsync($"/files/{fileId}/{action}", content: null, Cancellation);
        gate.Open();

        await UploadTests.AssertProblemAsync(answer, 409, "status_conflict");
    }

    [Theory]
    [InlineData("GET", "/status/{0}")]
    [InlineData("GET", "/results/{0}")]
    [InlineData("GET", "/results/{0}/sensors")]
    [InlineData("GET", "/results/{0}/errors")]
    [InlineData("GET", "/results/{0}/series?sensor=a")]
    [InlineData("GET", "/files/{0}")]
    [InlineData("GET", "/files/{0}/content")]
    [InlineData("GET", "/events?file_id={0}")]
    [InlineData("DELETE", "/files/{0}")]
    [InlineData("POST", "/files/{0}/cancel")]
    [InlineData("POST", "/files/{0}/reprocess")]
    public async Task AnyRoute_UnknownFile_Is404(string method, string route)
    {
        foreach (var fileId in new[] { "01a20a4fcaa1792099fc0f2b75883168", "listing%23months", "x" })
        {
            var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, route, fileId);
            using var request = new HttpRequestMessage(new HttpMethod(method), path);

            using var answer = await _api.Http.SendAsync(request, Cancellation);

            await UploadTests.AssertProblemAsync(answer, 404, "file_not_found");
        }
    }

    private async Task<string> FinishedAsync() => (await _api.ProcessAsync(Csv))["file_id"]!.GetValue<string>();

    /// <summary>Too large for its bytes to be kept, so that its worker must fetch them.</summary>
    private async Task<string> UploadLargeAsync()
    {
        var rows = string.Concat(Enumerable.Repeat("a,2026-03-02T00:00:00Z,1\n", 4000));
        using var answer = await _api.Http.PostAsync("/upload", ApiServer.Form("sensor_id,timestamp,value\n" + rows), Cancellation);
        return (await ApiServer.ReadAsync(answer))["file_id"]!.GetValue<string>();
    }
}
