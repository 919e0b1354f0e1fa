using System.Text.Json;
using SensorApp.LoadTest;
using SensorApp.Workload;

namespace SensorApp.Tests.LoadTest;

public sealed class LoadTestRunTests
{
    private static readonly LoadTestOptions Options = new() { Files = 40, Concurrency = 8, Errors = true, Wait = true };

    [Fact]
    public async Task RunAsync_ServiceAnswersRight_EverythingSucceeds()
    {
        await using var service = await FakeSensorService.StartAsync(LoadTestRun.GenerateFiles(Options));

        var report = await RunAsync(service, Options);

        Assert.True(report.Succeeded);
        Assert.Equal((40, 0), (report.Uploads.Succeeded, report.Uploads.Failed));
        Assert.Equal((40, 0, 0), (report.Processing!.Completed, report.Processing.Wrong, report.Processing.Missing));
        Assert.Equal(1_000, report.Processing.WaitMs!.P99);
    }

    [Fact]
    public async Task RunAsync_ServiceRefusesSome_CountsThemByStatus()
    {
        await using var service = await FakeSensorService.StartAsync(LoadTestRun.GenerateFiles(Options), refuseEvery: 10);

        var report = await RunAsync(service, Options);

        Assert.False(report.Succeeded);
        Assert.Equal((36, 4), (report.Uploads.Succeeded, report.Uploads.Failed));
        Assert.Equal(new Dictionary<string, int> { ["503"] = 4 }, report.Uploads.Failures);
        Assert.Equal(36, report.Processing!.Completed);
    }

    [Fact]
    public async Task RunAsync_ServiceLosesARow_ReportsEachWrongFile()
    {
        await using var service = await FakeSensorService.StartAsync(
            LoadTestRun.GenerateFiles(Options), change: results => results with { ValidRows = results.ValidRows - 1 });

        var report = await RunAsync(service, Options);

        Assert.False(report.Succeeded);
        Assert.Equal(40, report.Processing!.Wrong);
        Assert.Equal(10, report.Processing.Differences.Count);
        Assert.All(report.Processing.Differences, difference => Assert.Contains("valid_rows is", difference, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_NobodyListens_CountsConnectionErrors()
    {
        var service = await FakeSensorService.StartAsync([]);
        var options = Options with { ApiUrl = service.Address };
        await service.DisposeAsync();

        var report = await RunAsync(options);

        Assert.Equal(new Dictionary<string, int> { ["ConnectionError"] = 40 }, report.Uploads.Failures);
        Assert.Null(report.Uploads.ResponseMs);
    }

    [Fact]
    public async Task RunAsync_WithoutWait_AsksForNoResults()
    {
        await using var service = await FakeSensorService.StartAsync(
            LoadTestRun.GenerateFiles(Options), change: _ => throw new InvalidOperationException("Results were asked for."));

        var report = await RunAsync(service, Options with { Wait = false });

        Assert.True(report.Succeeded);
        Assert.Null(report.Processing);
    }

    [Fact]
    public async Task RunAsync_WithDelete_LeavesNoFile()
    {
        await using var service = await FakeSensorService.StartAsync(LoadTestRun.GenerateFiles(Options));

        var report = await RunAsync(service, Options with { Delete = true });

        Assert.True(report.Succeeded);
        Assert.Equal((0, 0), (report.NotDeleted, service.Files));
    }

    [Fact]
    public async Task RunAsync_FileIsNotDeleted_SaysSo()
    {
        var files = LoadTestRun.GenerateFiles(Options);
        await using var service = await FakeSensorService.StartAsync(files, keep: files[7].Name);

        var report = await RunAsync(service, Options with { Delete = true });

        Assert.False(report.Succeeded);
        Assert.Contains("1 files could not be deleted", ReportText.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_AsJson_NamesItsFiguresInSnakeCase()
    {
        await using var service = await FakeSensorService.StartAsync(LoadTestRun.GenerateFiles(Options));
        var report = await RunAsync(service, Options);

        using var json = JsonDocument.Parse(JsonSerializer.Serialize(report, ReportJson.Default.LoadTestReport));

        Assert.Equal(40, json.RootElement.GetProperty("uploads").GetProperty("succeeded").GetInt32());
        Assert.Equal(1_000, json.RootElement.GetProperty("processing").GetProperty("wait_ms").GetProperty("p95").GetDouble());
        Assert.Contains("40 succeeded, 0 failed", ReportText.Write(report), StringComparison.Ordinal);
    }

    private static Task<LoadTestReport> RunAsync(FakeSensorService service, LoadTestOptions options) =>
        RunAsync(options with { ApiUrl = service.Address });

    private static async Task<LoadTestReport> RunAsync(LoadTestOptions options)
    {
        using var client = new SensorServiceClient(options.ApiUrl, options.Concurrency);
        return await new LoadTestRun(options, client, progress: null).RunAsync(TestContext.Current.CancellationToken);
    }
}
