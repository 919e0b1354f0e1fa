using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using SensorApp.Api.Services.Events;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Storage;

namespace SensorApp.Tests.Api;

/// <summary>A file's spans are in the trace that is recorded with it, whichever replica and attempt they come from.</summary>
public sealed class TracingTests : IDisposable
{
    private const string Csv = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\na,2026-03-02T00:01:00Z,warm\n";

    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public TracingTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("SensorApp.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task LookForWork_FileOfADeadReplica_GoesOnInTheTraceOfItsUpload()
    {
        await using var api = await ApiServer.StartAsync(switches: ["Work:LookEvery=00:00:00.1", "Work:LookEverySlow=00:00:00.2"]);
        var upload = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

        var fileId = await SeedAsync(api, $"00-{upload.TraceId}-{upload.SpanId}-01");
        await api.Get<FileWaiter>().WaitAsync(fileId, ApiServer.Patience, Cancellation);
        await ApiServer.UntilAsync(() => Task.FromResult(InTrace(upload.TraceId).Any(span => span.OperationName == "process file")));

        var spans = InTrace(upload.TraceId).ToDictionary(span => span.OperationName);
        Assert.Equal(["aggregate", "claim", "parse", "persist", "process file", "read", "validate"], spans.Keys.Order(StringComparer.Ordinal));
        var work = spans["process file"];
        Assert.Equal((upload.SpanId, upload.SpanId), (spans["claim"].ParentSpanId, work.ParentSpanId));
        Assert.All(["read", "parse", "validate", "aggregate", "persist"], stage => Assert.Equal(work.SpanId, spans[stage].ParentSpanId));
        Assert.Equal(
            (fileId, 2, "partial", 2L, 1L, "finished"),
            (work.GetTagItem(FileTracing.FileId), work.GetTagItem(FileTracing.Attempt), work.GetTagItem(FileTracing.Status),
                work.GetTagItem(FileTracing.Rows), work.GetTagItem(FileTracing.InvalidRows), work.GetTagItem(FileTracing.Outcome)));
        Assert.Equal((long)Csv.Length, spans["read"].GetTagItem("sensorapp.bytes"));
    }

    [Fact]
    public async Task LookForWork_FileWithoutATrace_BeginsOneOfItsOwn()
    {
        await using var api = await ApiServer.StartAsync(switches: ["Work:LookEvery=00:00:00.1", "Work:LookEverySlow=00:00:00.2"]);

        var fileId = await SeedAsync(api, traceContext: null);
        await ApiServer.UntilAsync(() => Task.FromResult(OfFile("process file", fileId).Any()));

        Assert.Equal(default, Assert.Single(OfFile("process file", fileId)).ParentSpanId);
    }

    [Fact]
    public async Task Work_FileCancelledMeanwhile_EndsAsCancelledAndNotAsALostLease()
    {
        var faults = new CloudFaults();
        var reads = new Gate(request => request.Method == HttpMethod.Get);
        faults.OnS3Async = reads.PassAsync;
        await using var api = await ApiServer.StartAsync(faults: faults, switches: ["Work:LookEvery=00:00:00.1", "Work:LookEverySlow=00:00:00.2"]);
        var fileId = await SeedAsync(api, traceContext: null);
        await reads.WhenArrivedAsync();

        using var answer = await api.Http.PostAsync($"/files/{fileId}/cancel", content: null, Cancellation);
        await ApiServer.UntilAsync(() => Task.FromResult(OfFile("process file", fileId).Any()));
        reads.Open();

        var work = Assert.Single(OfFile("process file", fileId));
        Assert.Equal("cancelled", work.GetTagItem(FileTracing.Outcome));
        Assert.Equal(ActivityStatusCode.Error, work.Status);
    }

    [Fact]
    public void StartUnrecorded_WithinATrace_KeepsItsIdAndIsNotRecorded()
    {
        using var work = FileTracing.Start("work", "file");

        using var renewal = FileTracing.StartUnrecorded("keep lease");

        Assert.True(work?.Recorded);
        Assert.False(renewal?.Recorded);
        Assert.Equal(work?.TraceId, renewal?.TraceId);
    }

    private IEnumerable<Activity> InTrace(ActivityTraceId traceId) => _ended.Where(span => span.TraceId == traceId);

    private IEnumerable<Activity> OfFile(string stage, string fileId) =>
        _ended.Where(span => span.OperationName == stage && Equals(span.GetTagItem(FileTracing.FileId), fileId));

    /// <summary>A file whose replica died while it held the lease.</summary>
    private static async Task<string> SeedAsync(ApiServer api, string? traceContext)
    {
        var fileId = FileIds.New(TimeProvider.System);
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await api.Blobs.PutAsync(BlobKeys.Upload(fileId), new(Encoding.UTF8.GetBytes(Csv)), sha256: null, Cancellation);
        await api.Metadata.AddAsync(
            new FileRecord
            {
                FileId = fileId,
                Status = FileStatus.Pending,
                Filename = "seeded.csv",
                UploadTime = past,
                BlobKey = BlobKeys.Upload(fileId),
                LeaseId = "dead",
                LeaseIds = ["dead"],
                LeaseUntil = past,
                DueAt = past,
                TraceContext = traceContext,
            },
            Cancellation);
        return fileId;
    }
}
