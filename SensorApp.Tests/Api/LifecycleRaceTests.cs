using System.Net;
using SensorApp.Api.Storage;
using SensorApp.Tests.Mocks;

namespace SensorApp.Tests.Api;

/// <summary>Cancel and reprocess, from another replica, raced against claims and publishing.</summary>
public sealed class LifecycleRaceTests : IAsyncLifetime
{
    private const string Csv = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n";

    private readonly CloudFaults _faults = new();
    private MocksServer _cloud = null!; // set before each test
    private ApiServer _api = null!;     // likewise
    private ApiServer _other = null!;   // likewise

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string[] switches = ["Work:LookEvery=00:00:00.1", "Work:LookEverySlow=00:00:00.2", "Work:ProgressEvery=00:00:00.1"];
        _cloud = await MocksServer.StartAsync();
        _api = await ApiServer.StartAsync(_cloud, clock: null, _faults, switches);
        _other = await ApiServer.StartAsync(_cloud, switches: switches);
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _api.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Cancel_OnAnotherReplicaThanTheWorker_StopsTheWork()
    {
        var reads = new Gate(request => request.Method == HttpMethod.Get);
        _faults.OnS3Async = reads.PassAsync;
        var fileId = await RecoveryTests.UploadAsync(_api, RecoveryTests.Large);
        await reads.WhenArrivedAsync();

        var status = await PostAsync(_other, fileId, "cancel");
        await ApiServer.UntilAsync(() => Task.FromResult(_api.Get<SensorApp.Api.Services.Work.RunningFiles>().Count == 0));

        // The gate was never opened: the worker found out by itself.
        Assert.Equal(HttpStatusCode.Accepted, status);
        await AssertConsistentAsync(fileId, FileStatus.Failed);
    }

    [Fact]
    public async Task Cancel_RacedAgainstWork_EitherCancelsOrComesTooLate()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            var fileId = await RecoveryTests.UploadAsync(_api, Csv);
            return (FileId: fileId, Cancelled: await PostAsync(_other, fileId, "cancel"));
        }));

        foreach (var (fileId, cancelled) in outcomes)
        {
            await RecoveryTests.FinishAsync(_api, fileId);
            await AssertConsistentAsync(fileId, cancelled == HttpStatusCode.Accepted ? FileStatus.Failed : FileStatus.Processed);
        }
    }

    [Fact]
    public async Task Reprocess_ManyTimesAtOnce_IsDoneOnceAndEndsWithTheSameResults()
    {
        var fileId = (await _api.ProcessAsync(Csv))["file_id"]!.GetValue<string>();
        var reads = new Gate(request => request.Method == HttpMethod.Get);
        _faults.OnS3Async = reads.PassAsync;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PostAsync(i % 2 == 0 ? _api : _other, fileId, "reprocess")));
        reads.Open();
        await RecoveryTests.FinishAsync(_api, fileId);

        Assert.Contains(HttpStatusCode.Accepted, answers);
        Assert.All(answers, answer => Assert.True(answer is HttpStatusCode.Accepted or HttpStatusCode.Conflict));
        await AssertConsistentAsync(fileId, FileStatus.Processed);
    }

    [Fact]
    public async Task CancelAndReprocess_RacedWithoutEnd_LeaveOneWholeOutcome()
    {
        var fileId = await RecoveryTests.UploadAsync(_api, Csv);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => PostAsync(i % 2 == 0 ? _api : _other, fileId, i % 3 == 0 ? "cancel" : "reprocess")));

        var file = await RecoveryTests.FinishAsync(_api, fileId);
        await AssertConsistentAsync(fileId, file.Status);
    }

    private static async Task<HttpStatusCode> PostAsync(ApiServer api, string fileId, string action)
    {
        using var answer = await api.Http.PostAsync($"/files/{fileId}/{action}", content: null, Cancellation);
        return answer.StatusCode;
    }

    /// <summary>Either all of a result or all of a cancellation stands in the record, and nothing is due any more.</summary>
    private async Task AssertConsistentAsync(string fileId, FileStatus expected)
    {
        var file = await _api.Metadata.FindAsync(fileId, Cancellation);
        Assert.Equal(expected, file?.Status);
        Assert.Equal(expected == FileStatus.Processed ? null : "cancelled", file?.Error?.Code);
        Assert.Equal(expected == FileStatus.Processed ? 1L : null, file?.TotalRows);
        Assert.Equal(expected == FileStatus.Processed, file?.Results is not null);
        Assert.Null(file?.DueAt);
    }
}
