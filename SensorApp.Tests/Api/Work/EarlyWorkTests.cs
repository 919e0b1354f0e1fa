using System.Collections.Concurrent;
using System.Net;
using SensorApp.Api.Storage;

namespace SensorApp.Tests.Api.Work;

public sealed class EarlyWorkTests
{
    private const string Header = "sensor_id,timestamp,value\n";
    private const string Csv = Header + "a,2026-03-02T00:00:00Z,1\na,2026-03-02T00:01:00Z,warm\n";
    private const string Earlier = "earlier.csv";
    private const int RequestsOfOneCall = 4;

    // Few enough bytes to be kept; the results of so many sensors are too many for the record.
    private static readonly string ManySensors = Header + string.Concat(Enumerable.Range(0, 1_500).Select(number => $"s{number},2026-03-02T00:00:00Z,1\n"));

    private readonly CloudFaults _faults = new();
    private readonly ConcurrentQueue<string> _writes = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_SmallFile_TakesTwoCallsAndIsAtItsEndWhenAnswered()
    {
        await using var api = await StartAsync(_ => false);

        using var answer = await api.Http.PostAsync("/upload", ApiServer.Form(Csv), Cancellation);
        var accepted = await ApiServer.ReadAsync(answer);
        var file = await api.Metadata.FindAsync(accepted["file_id"]!.GetValue<string>(), Cancellation);

        Assert.Equal((HttpStatusCode.Accepted, "pending"), (answer.StatusCode, accepted["status"]!.GetValue<string>()));
        Assert.Equal(["PUT uploads", "PutItem"], _writes);
        Assert.Equal((FileStatus.Partial, 2L, 1L, 1L), (file?.Status, file?.TotalRows, file?.ValidRows, file?.InvalidRows));
        Assert.Equal(1, file?.ErrorsByReason?["value_not_a_number"]);
        Assert.NotNull(file?.Results?.Inline);
        Assert.True(file.ProcessingTime >= file.UploadTime);
        Assert.Null(file.DueAt);
        Assert.Equal(file.LeaseId, Assert.Single(file.LeaseIds));
    }

    [Fact]
    public async Task Upload_FileThatIsNoSensorData_IsRecordedAsFailedWithItsReason()
    {
        await using var api = await StartAsync(_ => false);

        var result = await api.ProcessAsync("time,temp\n1,2\n");

        Assert.Equal(("failed", "column_missing"), (result["status"]!.GetValue<string>(), result["error"]!["code"]!.GetValue<string>()));
        Assert.Equal(["PUT uploads", "PutItem"], _writes);
    }

    [Fact]
    public async Task Upload_ResultsTooLargeForTheRecord_AreStoredBesideIt()
    {
        await using var api = await StartAsync(_ => false);

        var result = await api.ProcessAsync(ManySensors);

        Assert.Equal(1_500, result["aggregated_data"]!.AsObject().Count);
        Assert.Equal(["PUT uploads", "PUT results", "PutItem"], _writes);
    }

    [Fact]
    public async Task Upload_ResultsCannotBeStored_IsRecordedAndFinishedLater()
    {
        await using var api = await StartAsync(write => write == "PUT results" && _writes.Count(earlier => earlier == write) <= RequestsOfOneCall);

        var fileId = await RecoveryTests.UploadAsync(api, ManySensors);
        var file = await RecoveryTests.FinishAsync(api, fileId);

        Assert.Equal((FileStatus.Processed, 1_500L, 0), (file.Status, file.ValidRows, file.Attempts));
        Assert.Equal("UpdateItem", _writes.Last());
    }

    [Fact]
    public async Task Upload_RecordCannotBeWritten_IsRefusedAndLeavesNoFile()
    {
        await using var api = await StartAsync(write => write == "PutItem");

        using var answer = await api.Http.PostAsync("/upload", ApiServer.Form(Csv), Cancellation);

        await UploadTests.AssertProblemAsync(answer, 503, "storage_unavailable");
        Assert.Equal(Earlier, Assert.Single((await api.GetJsonAsync("/files"))["files"]!.AsArray())!["filename"]!.GetValue<string>());
    }

    /// <param name="fails">Whether a write is answered with 503; it is counted by then.</param>
    private async Task<ApiServer> StartAsync(Func<string, bool> fails)
    {
        var api = await ApiServer.StartAsync(faults: _faults, switches: ["Work:LookEvery=01:00:00", "Work:LookEverySlow=01:00:00"]);
        // The first file of a process also notes its month.
        await api.ProcessAsync(Csv, Earlier);
        _faults.OnS3Async = (request, token) => Note(request, request.Method == HttpMethod.Put ? $"PUT {request.RequestUri!.Segments[2].TrimEnd('/')}" : null, token); // every request has an address
        _faults.OnDynamoDbAsync = (request, token) => Note(request, CloudFaults.OperationOf(request) is "PutItem" or "UpdateItem" or "TransactWriteItems" ? CloudFaults.OperationOf(request) : null, token);
        return api;

        Task<HttpResponseMessage?> Note(HttpRequestMessage request, string? write, CancellationToken token)
        {
            if (write is null)
            {
                return CloudFaults.GoesOnAsync(request, token);
            }

            _writes.Enqueue(write);
            return fails(write) ? CloudFaults.UnavailableAsync(request, token) : CloudFaults.GoesOnAsync(request, token);
        }
    }
}
