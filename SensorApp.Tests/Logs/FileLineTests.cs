using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SensorApp.Api.Storage;
using SensorApp.Tests.Api;

namespace SensorApp.Tests.Logs;

/// <summary>Whoever searches the log for a file's id finds everything that happened to the file.</summary>
public sealed partial class FileLineTests
{
    // What these say is about the cloud or about all files.
    private static readonly string[] AboutNoFile = ["CloudSetup", "CloudHealth", "WorkLoop", "WorkRunner", "StatusFeed"];

    private readonly CloudFaults _faults = new();
    private readonly Gate _reads = new(request => request.Method == HttpMethod.Get);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_OfAFileThatMetAllKindsOfTrouble_AllCarryItsId()
    {
        using var folder = new TemporaryFolder();
        string fileId;
        string requestTrace;

        // The log files are complete when the process has ended.
        await using (var api = await StartAsync(folder))
        {
            _faults.OnS3Async = _reads.PassAsync;
            fileId = await RecoveryTests.UploadAsync(api, RecoveryTests.Large);
            await _reads.WhenArrivedAsync();
            (_faults.OnS3Async, _faults.OnDynamoDbAsync) = (CloudFaults.UnavailableAsync, CloudFaults.UnavailableAsync);
            await UntilLoggedAsync(folder, "could not be renewed");
            using var refused = await api.Http.GetAsync($"/results/{fileId}", Cancellation);
            requestTrace = await TraceOfAsync(refused);
            _reads.Open();
            await UntilLoggedAsync(folder, "could not be given back");
            (_faults.OnS3Async, _faults.OnDynamoDbAsync) = (CloudFaults.GoesOnAsync, CloudFaults.GoesOnAsync);
            Assert.Equal(FileStatus.Processed, (await RecoveryTests.FinishAsync(api, fileId)).Status);
        }

        var lines = LinesIn(folder).Select(line => Line().Match(line)).Where(line => line.Success && !AboutNoFile.Contains(line.Groups["category"].Value)).ToList();
        Assert.All(["is accepted", "could not be renewed", "is answered with 503", "could not be given back", "is given back", "is processed"],
            part => Assert.Contains(lines, line => line.Groups["message"].Value.Contains(part, StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Groups["message"].Value.Contains($"is answered with 503 ({requestTrace})", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Groups["file"].Value == fileId, line.Value));
    }

    [Fact]
    public async Task Lines_UploadThatCannotBeRecorded_NameTheTraceOfItsAnswer()
    {
        using var folder = new TemporaryFolder();
        string requestTrace;

        await using (var api = await StartAsync(folder))
        {
            _faults.OnDynamoDbAsync = CloudFaults.UnavailableAsync;
            using var refused = await api.Http.PostAsync("/upload", ApiServer.Form("sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n"), Cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            requestTrace = await TraceOfAsync(refused);
        }

        Assert.Contains(LinesIn(folder), line => line.Contains($"POST /upload is answered with 503 ({requestTrace})", StringComparison.Ordinal));
    }

    private static async Task<string> TraceOfAsync(HttpResponseMessage problem) =>
        (await problem.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["trace_id"]!.GetValue<string>(); // each problem has one

    private Task<ApiServer> StartAsync(TemporaryFolder folder) => ApiServer.StartAsync(
        faults: _faults,
        switches:
        [
            .. ApiServer.LogFilesIn(folder.Path),
            "Work:LookEvery=00:00:00.1", "Work:LookEverySlow=00:00:00.2", "Work:FirstDelay=00:00:00.05",
            "Work:ProgressEvery=00:00:00.1", "Work:RenewEvery=00:00:00.1", "Work:RenewCallLimit=00:00:00.5",
        ]);

    private static Task UntilLoggedAsync(TemporaryFolder folder, string part) =>
        ApiServer.UntilAsync(() => Task.FromResult(LinesIn(folder).Any(line => line.Contains(part, StringComparison.Ordinal))));

    private static IEnumerable<string> LinesIn(TemporaryFolder folder) => Directory.GetFiles(folder.Path).SelectMany(Read).ToList();

    /// <summary>Also while it is being written.</summary>
    private static string[] Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n');
    }

    [GeneratedRegex(@"^\S+ \S+Z \w{3} (\[(?<file>\w+)\] )?SensorApp\.Api\.[\w.]*?(?<category>\w+): (?<message>.*)$")]
    private static partial Regex Line();
}
