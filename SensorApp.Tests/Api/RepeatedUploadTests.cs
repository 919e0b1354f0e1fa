using System.Net;
using System.Text.Json.Nodes;
using SensorApp.Api.Storage;

namespace SensorApp.Tests.Api;

/// <summary>The same upload, sent more than once.</summary>
public sealed class RepeatedUploadTests : IAsyncLifetime
{
    private const string TwoSensors = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\nb,2026-03-02T00:00:00Z,5\n";

    private readonly CloudFaults _faults = new();
    private ApiServer _api = null!; // set before each test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await ApiServer.StartAsync(faults: _faults);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Upload_SameIdempotencyKey_AnswersWithTheSameFile()
    {
        var first = await SendAsync(TwoSensors);
        var again = await SendAsync(TwoSensors);

        Assert.Equal(first.Json.ToJsonString(), again.Json.ToJsonString());
        Assert.Single((await _api.GetJsonAsync("/files"))["files"]!.AsArray());
    }

    [Fact]
    public async Task Upload_IdempotencyKeyOfAnotherBody_Is422()
    {
        await SendAsync(TwoSensors);
        var other = await SendAsync(TwoSensors + "c,2026-03-02T00:00:00Z,1\n");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Equal("idempotency_key_reused", other.Json["code"]!.GetValue<string>());
        Assert.Single(await _api.Blobs.ListAsync(BlobKeys.Uploads, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Upload_DeduplicateKnownContent_AnswersWithTheEarlierFile()
    {
        var first = await _api.ProcessAsync(TwoSensors, query: "&deduplicate=true");

        using var answer = await _api.Http.PostAsync("/upload?deduplicate=true", ApiServer.Form(TwoSensors, "other-name.csv"), Cancellation);

        var again = await ApiServer.ReadAsync(answer);
        Assert.Equal(first["file_id"]!.GetValue<string>(), again["file_id"]!.GetValue<string>());
        Assert.True(again["duplicate"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Upload_DeduplicateContentThatFailed_IsANewFile()
    {
        var failed = await _api.ProcessAsync("no header here\n", query: "&deduplicate=true");

        var again = await _api.ProcessAsync("no header here\n", query: "&deduplicate=true");

        Assert.Equal("failed", failed["status"]!.GetValue<string>());
        Assert.NotEqual(failed["file_id"]!.GetValue<string>(), again["file_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Upload_SameIdempotencyKeyManyTimesAtOnce_IsOneFile()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(TwoSensors)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        Assert.Single(answers.Select(answer => answer.Json.ToJsonString()).Distinct());
        Assert.Single((await _api.GetJsonAsync("/files"))["files"]!.AsArray());
        Assert.Single(await _api.Blobs.ListAsync(BlobKeys.Uploads, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Upload_FirstAnswerLost_RetryAnswersWithTheFileThatWasRecorded()
    {
        var isLost = false;
        _faults.OnDynamoDbAsync = async (request, token) =>
        {
            if (CloudFaults.OperationOf(request) != "TransactWriteItems" || isLost)
            {
                return isLost && CloudFaults.OperationOf(request) == "TransactWriteItems" ? await CloudFaults.UnavailableAsync(request, token) : null;
            }

            isLost = true;
            await CloudFaults.ApplyAsync(request, token);
            return await CloudFaults.UnavailableAsync(request, token);
        };
        var first = await SendAsync(TwoSensors);
        _faults.OnDynamoDbAsync = CloudFaults.GoesOnAsync;

        var retry = await SendAsync(TwoSensors);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.Accepted), (first.Status, retry.Status));
        var listed = Assert.Single((await _api.GetJsonAsync("/files"))["files"]!.AsArray());
        Assert.Equal(listed!["file_id"]!.GetValue<string>(), retry.Json["file_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Upload_RetryOfADuplicate_GetsTheSameAnswer()
    {
        await _api.ProcessAsync(TwoSensors, query: "&deduplicate=true");

        var first = await SendAsync(TwoSensors, "/upload?deduplicate=true");
        var retry = await SendAsync(TwoSensors, "/upload?deduplicate=true");

        Assert.True(first.Json["duplicate"]!.GetValue<bool>());
        Assert.Equal(first.Json.ToJsonString(), retry.Json.ToJsonString());
    }

    [Fact]
    public async Task Upload_ContentOfAnUploadThatDidNotAskForIt_IsANewFile()
    {
        var first = await _api.ProcessAsync(TwoSensors);

        var second = await _api.ProcessAsync(TwoSensors, query: "&deduplicate=true");

        Assert.NotEqual(first["file_id"]!.GetValue<string>(), second["file_id"]!.GetValue<string>());
        Assert.Null(second["duplicate"]);
    }

    [Fact]
    public async Task Upload_DuplicateThatCannotBeCleared_DoesNotHarmTheFileThatWasRecorded()
    {
        var removals = 0;
        _faults.OnS3Async = (request, token) =>
            request.Method == HttpMethod.Post && Interlocked.Increment(ref removals) == 1 ? throw new InvalidOperationException("unforeseen") : CloudFaults.GoesOnAsync(request, token);
        using var form = ApiServer.Form(TwoSensors);
        form.Add(new StringContent(TwoSensors), "file", "same.csv");

        using var answer = await _api.Http.PostAsync("/upload?deduplicate=true", form, Cancellation);

        var file = (await ApiServer.ReadAsync(answer))["files"]![0]!["file_id"]!.GetValue<string>();
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(TwoSensors, await _api.Http.GetStringAsync($"/files/{file}/content", Cancellation));
        Assert.Equal(1, removals);
    }

    [Theory]
    [InlineData("/upload")]
    [InlineData("/upload?deduplicate=true")]
    public async Task Upload_FirstTransactionInConflict_IsAnalysedFromTheKeptBytes(string path)
    {
        var (conflicts, reads) = (0, 0);
        _faults.OnS3Async = (request, token) =>
        {
            Interlocked.Add(ref reads, request.Method == HttpMethod.Get ? 1 : 0);
            return CloudFaults.GoesOnAsync(request, token);
        };
        _faults.OnDynamoDbAsync = (request, _) => Task.FromResult(
            CloudFaults.OperationOf(request) == "TransactWriteItems" && Interlocked.Increment(ref conflicts) == 1 ? CloudFaults.Refusal(request, CloudFaults.TransactionConflict) : null);

        var sent = await SendAsync(TwoSensors, path);

        var file = sent.Json["file_id"]!.GetValue<string>();
        await ApiServer.UntilAsync(async () => (await _api.GetJsonAsync($"/status/{file}"))["status"]!.GetValue<string>() is "processed" or "partial" or "failed");
        var results = await _api.GetJsonAsync($"/results/{file}");
        Assert.Equal(("processed", 2), (results["status"]!.GetValue<string>(), results["valid_rows"]!.GetValue<int>()));
        Assert.Equal((2, 0), (conflicts, reads));
    }

    private async Task<(HttpStatusCode Status, JsonNode Json)> SendAsync(string csv, string path = "/upload")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = ApiServer.Form(csv), Headers = { { "Idempotency-Key", "key-1" } } };
        using var answer = await _api.Http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await ApiServer.ReadAsync(answer));
    }
}
