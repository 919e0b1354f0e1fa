using System.IO.Pipelines;
using System.Net;
using System.Text;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;

namespace SensorApp.Tests.Api;

/// <summary>The cloud is away, or fails in the middle of something.</summary>
public sealed class OutageTests
{
    private const string Csv = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n";

    private readonly CloudFaults _faults = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CloudAway_HealthAndUploadsSaySo_AndEverythingResumesByItself()
    {
        var reads = new Gate(request => request.Method == HttpMethod.Get);
        _faults.OnS3Async = reads.PassAsync;
        await using var api = await StartAsync();
        var atWork = await RecoveryTests.UploadAsync(api, RecoveryTests.Large);
        await reads.WhenArrivedAsync();
        (_faults.OnS3Async, _faults.OnDynamoDbAsync) = (CloudFaults.UnavailableAsync, CloudFaults.UnavailableAsync);
        reads.Open();

        using var health = await api.Http.GetAsync("/health", Cancellation);
        using var alive = await api.Http.GetAsync("/alive", Cancellation);
        using var upload = await api.Http.PostAsync("/upload", ApiServer.Form(Csv), Cancellation);
        (_faults.OnS3Async, _faults.OnDynamoDbAsync) = (CloudFaults.GoesOnAsync, CloudFaults.GoesOnAsync);
        var file = await RecoveryTests.FinishAsync(api, atWork);
        await ApiServer.UntilAsync(async () => (await api.Http.GetAsync("/health", Cancellation)).IsSuccessStatusCode);
        var later = await api.ProcessAsync(Csv);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (health.StatusCode, alive.StatusCode));
        await UploadTests.AssertProblemAsync(upload, 503, "storage_unavailable");
        Assert.NotNull(upload.Headers.RetryAfter);
        Assert.Equal((FileStatus.Processed, 0), (file.Status, file.Attempts));
        Assert.Equal("processed", later["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Upload_BlobStoreAway_IsAnsweredBeforeItsLeftoversAreCleared()
    {
        var clearing = new Gate(request => request.Method == HttpMethod.Post);
        await using var api = await StartAsync();
        _faults.OnS3Async = (request, token) => request.Method == HttpMethod.Put ? CloudFaults.UnavailableAsync(request, token) : clearing.PassAsync(request, token);

        using var answer = await api.Http.PostAsync("/upload", ApiServer.Form(Csv), Cancellation);
        await clearing.WhenArrivedAsync();
        clearing.Open();

        await UploadTests.AssertProblemAsync(answer, 503, "storage_unavailable");
    }

    [Fact]
    public async Task Upload_BlobStoreFailsInMidUpload_LeavesNeitherPartsNorRecord()
    {
        var parts = 0;
        await using var api = await StartAsync();
        _faults.OnS3Async = (request, token) =>
            request.Method == HttpMethod.Put && Interlocked.Increment(ref parts) > 1 ? CloudFaults.UnavailableAsync(request, token) : CloudFaults.GoesOnAsync(request, token);
        var body = new ByteArrayContent(Encoding.ASCII.GetBytes(new string('x', (2 * BlobLimits.SmallestPart) + 1)));

        using var answer = await api.Http.PutAsync("/upload/cut.csv", body, Cancellation);

        await UploadTests.AssertProblemAsync(answer, 503, "storage_unavailable");
        await ApiServer.UntilAsync(async () =>
            !await api.Blobs.ListUnfinishedAsync("", Cancellation).AnyAsync(Cancellation) && !await api.Blobs.ListAsync("", Cancellation).AnyAsync(Cancellation));
        Assert.Empty((await api.GetJsonAsync("/files"))["files"]!.AsArray());
        Assert.True(parts > 1);
    }

    [Fact]
    public async Task Upload_WithKeyWhileTheTableIsAway_GivesItsMemoryBack()
    {
        await using var api = await StartAsync();
        var budget = api.Get<UploadBuffers>().FirstSegments;
        var before = budget.Available;
        _faults.OnDynamoDbAsync = CloudFaults.UnavailableAsync;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = ApiServer.Form(Csv), Headers = { { "Idempotency-Key", "key" } } };

        using var answer = await api.Http.SendAsync(request, Cancellation);

        await UploadTests.AssertProblemAsync(answer, 503, "storage_unavailable");
        Assert.Equal(before, budget.Available);
    }

    [Fact]
    public async Task Upload_InPartsAndThenRefused_LeavesNoBytes()
    {
        await using var api = await StartAsync();
        using var form = ApiServer.Form(new string('x', BlobLimits.SmallestPart + 1));
        form.Add(new StringContent(Csv), "file", "small.csv");
        form.Add(new StringContent("nowhere"), "timezone");

        using var answer = await api.Http.PostAsync("/upload", form, Cancellation);

        await UploadTests.AssertProblemAsync(answer, 400, "option_invalid");
        Assert.False(await api.Blobs.ListAsync("", Cancellation).AnyAsync(Cancellation));
        Assert.False(await api.Blobs.ListUnfinishedAsync("", Cancellation).AnyAsync(Cancellation));
    }

    [Fact]
    public async Task Upload_UnforeseenFaultAfterSomeOfAFormWereRecorded_LeavesTheirBytes()
    {
        const int files = 20;
        var recorded = 0;
        await using var api = await StartAsync();
        _faults.OnDynamoDbAsync = async (request, token) =>
        {
            // Only what records files of the form: others write to the table too.
            var isRecording = request.Content is { } body && (await body.ReadAsStringAsync(token)).Contains(".csv\"", StringComparison.Ordinal);

            if (isRecording && Interlocked.Increment(ref recorded) == 2)
            {
                await CloudFaults.ApplyAsync(request, token);
                throw new InvalidOperationException("unforeseen");
            }

            return null;
        };
        using var form = new MultipartFormDataContent();

        for (var i = 0; i < files; i++)
        {
            form.Add(new StringContent(Csv), "file", $"{i}.csv");
        }

        using var answer = await api.Http.PostAsync("/upload", form, Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var listed = (await api.GetJsonAsync("/files"))["files"]!.AsArray();
        Assert.InRange(listed.Count, 2, files);

        foreach (var file in listed)
        {
            Assert.Equal(Csv, await api.Http.GetStringAsync($"/files/{file!["file_id"]}/content", Cancellation));
        }
    }

    [Theory]
    [InlineData("/upload", "PutItem")]
    [InlineData("/upload?deduplicate=true", "TransactWriteItems")]
    public async Task Upload_UnforeseenFaultAfterItWasRecorded_LeavesItsBytes(string path, string operation)
    {
        await using var api = await StartAsync();
        _faults.OnDynamoDbAsync = async (request, token) =>
        {
            if (CloudFaults.OperationOf(request) != operation)
            {
                return null;
            }

            await CloudFaults.ApplyAsync(request, token);
            throw new InvalidOperationException("unforeseen");
        };

        using var answer = await api.Http.PostAsync(path, ApiServer.Form(Csv), Cancellation);

        _faults.OnDynamoDbAsync = CloudFaults.GoesOnAsync;
        var listed = Assert.Single((await api.GetJsonAsync("/files"))["files"]!.AsArray());
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(Csv, await api.Http.GetStringAsync($"/files/{listed!["file_id"]}/content", Cancellation));
    }

    [Fact]
    public async Task Upload_FormGivenUpWhileRemovalsHang_GivesItsMemoryBackFirst()
    {
        var removals = new Gate(request => request.Method == HttpMethod.Post && request.RequestUri!.Query.Contains("delete", StringComparison.Ordinal));
        await using var api = await StartAsync();
        var budget = api.Get<UploadBuffers>().FirstSegments;
        var before = budget.Available;
        _faults.OnS3Async = removals.PassAsync;
        using var form = ApiServer.Form(Csv);
        form.Add(new StringContent(Csv), "file", "second.csv");
        form.Add(new StringContent("nowhere"), "timezone");

        var refused = api.Http.PostAsync("/upload", form, Cancellation);
        await removals.WhenArrivedAsync();
        var whileRemovalsHang = budget.Available;
        removals.Open();

        await UploadTests.AssertProblemAsync(await refused, 400, "option_invalid");
        Assert.Equal(before, whileRemovalsHang);
    }

    [Fact]
    public async Task Upload_SlowFormOfManyFiles_LeavesRoomToKeepThoseOfOthers()
    {
        const int files = 48;
        var (puts, gets) = (0, 0);
        await using var api = await StartAsync("MAX_UPLOAD_BUFFER_MB=16");
        _faults.OnS3Async = (request, token) =>
        {
            Interlocked.Add(ref puts, request.Method == HttpMethod.Put ? 1 : 0);
            Interlocked.Add(ref gets, request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains(BlobKeys.Uploads, StringComparison.Ordinal) ? 1 : 0);
            return CloudFaults.GoesOnAsync(request, token);
        };
        var rest = new Pipe();
        using var form = new MultipartFormDataContent();

        for (var i = 0; i < files; i++)
        {
            form.Add(new ByteArrayContent(new byte[60_000]), "file", $"{i}.csv");
        }

        form.Add(new StreamContent(rest.Reader.AsStream()), "file", "slow.csv");
        var slow = api.Http.PostAsync("/upload", form, Cancellation);

        // So much that the client sends on what it holds.
        await rest.Writer.WriteAsync(Encoding.ASCII.GetBytes(Csv.PadRight(100_000)), Cancellation);
        await ApiServer.UntilAsync(() => Task.FromResult(puts >= files));

        var other = await api.ProcessAsync(Csv);
        var getsOfOther = gets;
        await rest.Writer.CompleteAsync();
        using var answer = await slow;
        await ApiServer.UntilAsync(() => Task.FromResult(gets > 0));

        Assert.Equal("processed", other["status"]!.GetValue<string>());
        Assert.Equal(0, getsOfOther);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task Upload_InPartsWithKeyWhileTheTableGoesAway_IsLeftToTheSweep()
    {
        await using var api = await StartAsync("Sweep:UploadHeartbeat=00:00:00.1", "Sweep:UploadStaleAfter=00:00:01");
        _faults.OnDynamoDbAsync = (request, token) =>
            CloudFaults.OperationOf(request) == "GetItem" ? CloudFaults.UnavailableAsync(request, token) : CloudFaults.GoesOnAsync(request, token);
        var body = new ByteArrayContent(Encoding.ASCII.GetBytes(new string('x', BlobLimits.SmallestPart + 1)));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/upload/cut.csv") { Content = body, Headers = { { "Idempotency-Key", "key" } } };

        using var answer = await api.Http.SendAsync(request, Cancellation);

        // Its signs of life must have ended with the request, or nobody could ever tell that it stopped.
        await UploadTests.AssertProblemAsync(answer, 503, "storage_unavailable");
        await ApiServer.UntilAsync(async () => !await api.Blobs.ListAsync("", Cancellation).AnyAsync(Cancellation));
    }

    [Fact]
    public async Task Work_TableAwayUntilTheLeaseRanOut_IsGivenBackUncounted()
    {
        var reads = new Gate(request => request.Method == HttpMethod.Get);
        var givenBack = 0;
        _faults.OnS3Async = reads.PassAsync;
        await using var api = await StartAsync(
            "Work:LeaseTime=00:00:01", "Work:RenewEvery=00:00:00.2", "Work:RenewCallLimit=00:00:00.2", "Work:ProgressEvery=00:00:00.1",
            "Work:LookEvery=01:00:00", "Work:LookEverySlow=01:00:00");
        var fileId = await RecoveryTests.UploadAsync(api, RecoveryTests.Large);
        await reads.WhenArrivedAsync();

        _faults.OnDynamoDbAsync = async (request, token) =>
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(token);
            givenBack += body.Contains("its lease could not be renewed in time", StringComparison.Ordinal) ? 1 : 0;
            return await CloudFaults.UnavailableAsync(request, token);
        };
        await ApiServer.UntilAsync(() => Task.FromResult(givenBack > 0));
        _faults.OnDynamoDbAsync = CloudFaults.GoesOnAsync;
        await ApiServer.UntilAsync(() => Task.FromResult(api.Get<RunningFiles>().Count == 0));

        var file = await api.Metadata.FindAsync(fileId, Cancellation);
        Assert.Equal((FileStatus.Pending, 0, 1), (file?.Status, file?.Attempts, file?.Deferrals));
        Assert.Null(file?.LeaseId);
    }

    private Task<ApiServer> StartAsync(params string[] switches) =>
        ApiServer.StartAsync(cloud: null, clock: null, _faults, ["Work:LookEvery=00:00:00.1", "Work:LookEverySlow=00:00:00.2", "Work:FirstDelay=00:00:00.05", .. switches]);
}
