using System.Net;
using System.Text;
using SensorApp.Api.Processing;
using SensorApp.Api.Services.Events;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;
using SensorApp.Tests.Mocks;

namespace SensorApp.Tests.Api;

/// <summary>What was accepted reaches its end, whatever happens on the way.</summary>
public sealed class RecoveryTests : IAsyncLifetime
{
    private const string Header = "sensor_id,timestamp,value\n";
    private const string Row = "a,2026-03-02T00:00:00Z,1\n";

    // Too large for its bytes to be kept, so that its worker must fetch them.
    internal static readonly string Large = Header + string.Concat(Enumerable.Repeat(Row, 4000));

    private readonly CloudFaults _faults = new();
    private readonly Gate _reads = new(request => request.Method == HttpMethod.Get);
    private MocksServer _cloud = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cloud = await MocksServer.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task LookForWork_LeaseOfADeadReplica_IsTakenOverAndCounted()
    {
        await using var api = await StartAsync();
        var fileId = await SeedAsync(api, attempts: 0);

        var file = await FinishAsync(api, fileId);

        Assert.Equal((FileStatus.Processed, 1), (file.Status, file.Attempts));
        Assert.Equal(2, file.LeaseIds.Count);
    }

    [Fact]
    public async Task LookForWork_OneCrashTooMany_FailsTheFileWithItsReason()
    {
        await using var api = await StartAsync();
        var fileId = await SeedAsync(api, attempts: 4);

        var file = await FinishAsync(api, fileId);

        Assert.Equal((FileStatus.Failed, FileErrorCodes.AttemptsExhausted), (file.Status, file.Error?.Code));
        Assert.Contains("5 attempts", file.Error?.Message, StringComparison.Ordinal);
        // With it, a document of the last holder would count as led to for ever.
        Assert.Null(file.LeaseId);
    }

    [Fact]
    public async Task Work_BlobStoreAwayForAWhile_IsGivenBackUncountedAndDoneLater()
    {
        var failures = 0;
        _faults.OnS3Async = (request, token) =>
            request.Method == HttpMethod.Get && Interlocked.Increment(ref failures) <= 8 ? CloudFaults.UnavailableAsync(request, token) : CloudFaults.GoesOnAsync(request, token);
        await using var api = await StartAsync();
        var fileId = await UploadAsync(api, Large);

        var file = await FinishAsync(api, fileId);

        Assert.Equal((FileStatus.Processed, 0), (file.Status, file.Attempts));
        Assert.Equal(2, file.Deferrals);
    }

    [Fact]
    public async Task Publish_LeaseTakenInMidWork_ChangesNothing()
    {
        _faults.OnS3Async = _reads.PassAsync;
        await using var api = await StartAsync();
        var fileId = await UploadAsync(api, Large);
        await _reads.WhenArrivedAsync();
        var held = await api.Metadata.FindAsync(fileId, Cancellation);
        var taken = await api.Metadata.TryChangeAsync(
            new FileChange(fileId) { WhenStatus = FileStatuses.Unfinished, WhenLeaseId = held?.LeaseId, NewLeaseId = "thief", DueAt = DateTimeOffset.MaxValue },
            Cancellation);

        _reads.Open();
        await ApiServer.UntilAsync(() => Task.FromResult(api.Get<RunningFiles>().Count == 0));

        var file = await api.Metadata.FindAsync(fileId, Cancellation);
        Assert.NotNull(taken);
        Assert.Equal((FileStatus.Pending, "thief"), (file?.Status, file?.LeaseId));
        Assert.Null(file?.Results);
    }

    [Fact]
    public async Task Stop_FileAtWork_IsGivenBackUncounted()
    {
        _faults.OnS3Async = _reads.PassAsync;
        await using var api = await StartAsync("Work:ShutdownGrace=00:00:00.01");
        var fileId = await UploadAsync(api, Large);
        await _reads.WhenArrivedAsync();

        await api.StopAsync();

        var file = await api.Metadata.FindAsync(fileId, Cancellation);
        Assert.Equal((FileStatus.Pending, 0), (file?.Status, file?.Attempts));
        Assert.Null(file?.LeaseId);
    }

    [Fact]
    public async Task Work_MoreFilesThanSlots_NeverExceedsMaxConcurrentTasks()
    {
        _faults.OnS3Async = _reads.PassAsync;
        await using var api = await StartAsync("MAX_CONCURRENT_TASKS=3");
        var fileIds = new List<string>();

        for (var i = 0; i < 6; i++)
        {
            fileIds.Add(await UploadAsync(api, Large));
        }

        await _reads.WhenArrivedAsync();
        await _reads.WhenArrivedAsync();
        await _reads.WhenArrivedAsync();
        var running = api.Get<RunningFiles>().Count;
        var free = api.Get<WorkSlots>().TryTake(1);
        _reads.Open();

        Assert.Equal(3, running);
        Assert.Null(free);
        Assert.All(await Task.WhenAll(fileIds.Select(fileId => FinishAsync(api, fileId))), file => Assert.Equal(FileStatus.Processed, file.Status));
    }

    [Fact]
    public async Task Replicas_ShareTheWorkAndPublishEachFileOnce()
    {
        await using var first = await StartAsync("MAX_CONCURRENT_TASKS=1");
        await using var second = await StartAsync("MAX_CONCURRENT_TASKS=1");
        var fileIds = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => UploadAsync(first, Large)));

        var files = await Task.WhenAll(fileIds.Select(fileId => FinishAsync(second, fileId)));

        Assert.All(files, file => Assert.Equal((FileStatus.Processed, 4000L, 0), (file.Status, file.ValidRows, file.Attempts)));
        Assert.All(files, file => Assert.Single(file.LeaseIds));
    }

    [Fact]
    public async Task Upload_MetadataStoreAway_Is503AndNothingIsListed()
    {
        _faults.OnDynamoDbAsync = (request, token) =>
            CloudFaults.OperationOf(request) == "PutItem" ? CloudFaults.UnavailableAsync(request, token) : CloudFaults.GoesOnAsync(request, token);
        await using var api = await StartAsync();

        using var answer = await api.Http.PostAsync("/upload", ApiServer.Form(Header + Row), Cancellation);

        await UploadTests.AssertProblemAsync(answer, 503, "storage_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Empty((await api.GetJsonAsync("/files"))["files"]!.AsArray());
    }

    [Fact]
    public async Task Upload_ClientHangsUpInMidUpload_LeavesNothing()
    {
        await using var api = await StartAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => api.Http.PutAsync("/upload/cut.csv", new CutContent(2 * BlobLimits.SmallestPart), Cancellation));

        await ApiServer.UntilAsync(async () =>
            !await api.Blobs.ListUnfinishedAsync("", Cancellation).AnyAsync(Cancellation) && !await api.Blobs.ListAsync("", Cancellation).AnyAsync(Cancellation));
        Assert.Empty((await api.GetJsonAsync("/files"))["files"]!.AsArray());
    }

    [Fact]
    public async Task LookForWork_UploadThatStopped_IsRemovedWithItsParts()
    {
        await using var api = await StartAsync();
        var fileId = FileIds.New(TimeProvider.System);
        var key = BlobKeys.Upload(fileId);
        var longAgo = TimeProvider.System.GetUtcNow().AddHours(-1);
        var partsId = await api.Blobs.BeginPartsAsync(key, Cancellation);
        await api.Metadata.AddAsync(Record(fileId) with { Status = FileStatus.Uploading, Heartbeat = longAgo, DueAt = longAgo, MultipartId = partsId }, Cancellation);

        await ApiServer.UntilAsync(async () => await api.Metadata.FindAsync(fileId, Cancellation) is null);

        Assert.False(await api.Blobs.ListUnfinishedAsync("", Cancellation).AnyAsync(Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, (await api.Http.GetAsync($"/status/{fileId}", Cancellation)).StatusCode);
    }

    private static FileRecord Record(string fileId) => new()
    {
        FileId = fileId,
        Status = FileStatus.Pending,
        Filename = "seeded.csv",
        UploadTime = TimeProvider.System.GetUtcNow(),
        BlobKey = BlobKeys.Upload(fileId),
    };

    /// <summary>A file whose replica died while it held the lease.</summary>
    private static async Task<string> SeedAsync(ApiServer api, int attempts)
    {
        var fileId = FileIds.New(TimeProvider.System);
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await api.Blobs.PutAsync(BlobKeys.Upload(fileId), new(Encoding.UTF8.GetBytes(Header + Row)), sha256: null, Cancellation);
        await api.Metadata.AddAsync(
            Record(fileId) with { LeaseId = "dead", LeaseIds = ["dead"], LeaseUntil = past, DueAt = past, Attempts = attempts }, Cancellation);
        return fileId;
    }

    internal static async Task<string> UploadAsync(ApiServer api, string csv)
    {
        using var answer = await api.Http.PostAsync("/upload", ApiServer.Form(csv), Cancellation);
        return (await ApiServer.ReadAsync(answer))["file_id"]!.GetValue<string>();
    }

    internal static async Task<FileRecord> FinishAsync(ApiServer api, string fileId)
    {
        var file = await api.Get<FileWaiter>().WaitAsync(fileId, ApiServer.Patience, Cancellation);
        Assert.True(file?.Status.IsFinal(), $"The file stayed {file?.Status}.");
        return file!; // final, so there
    }

    private Task<ApiServer> StartAsync(params string[] switches) =>
        ApiServer.StartAsync(_cloud, clock: null, _faults, ["Work:LookEvery=00:00:00.1", "Work:LookEverySlow=00:00:00.2", "Work:FirstDelay=00:00:00.05", "Work:RenewEvery=00:00:00.5", "Work:RenewCallLimit=00:00:00.5", .. switches]);

    /// <summary>A body that breaks off.</summary>
    private sealed class CutContent(int bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[bytes], Cancellation);
            throw new IOException("The client hangs up.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 4L * bytes;
            return true;
        }
    }
}
