using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Aspire.Hosting.Dashboard.Telemetry;
using Aspire.Hosting.Testing;

namespace SensorApp.Tests.AppHost;

/// <summary>What the processes tell of a file's way, as whoever collects telemetry sees it.</summary>
public sealed class TelemetryTests(TracedApplication application) : IClassFixture<TracedApplication>
{
    private static readonly string[] Stages = ["upload", "store", "claim", "record", "process file", "read", "parse", "validate", "aggregate", "persist"];

    [Fact]
    public async Task Upload_ThroughTheWeb_IsOneTraceFromTheRequestToTheFinalStatus()
    {
        var (fileId, trace) = await UploadAsync(await File.ReadAllBytesAsync(RepositoryFiles.Sample("sensor_data_with_errors.csv"), TestContext.Current.CancellationToken));

        var first = Assert.Single(trace, span => Parent(trace, span) is null);
        Assert.StartsWith("web", first.Service, StringComparison.Ordinal);
        Assert.All(Stages, stage => Assert.Single(trace, span => span.Name == stage));
        AssertCall(trace, "store", "S3.PutObject", "PUT");
        AssertCall(trace, "record", "DynamoDB.PutItem", "POST");
        Assert.All(["read", "parse", "validate", "aggregate", "persist"], stage => Assert.Equal("process file", Parent(trace, Stage(trace, stage))?.Name));
        Assert.DoesNotContain(trace, span => span.IsError);

        var work = Stage(trace, "process file").Attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
        Assert.Equal(
            (fileId, "sample.csv", "1", "1000", "20", "partial", "finished"),
            (work["sensorapp.file.id"], work["file.name"], work["sensorapp.attempt"], work["sensorapp.rows"], work["sensorapp.rows.invalid"],
                work["sensorapp.file.status"], work["sensorapp.outcome"]));
        Assert.Equal(work["file.size"], Value(Stage(trace, "read"), "sensorapp.bytes"));
        Assert.All(["upload", "store", "claim", "record"], stage => Assert.Equal(fileId, Value(Stage(trace, stage), "sensorapp.file.id")));
    }

    [Fact]
    public async Task Upload_TooLargeToBeKept_IsReadFromTheCloudInTheSameTrace()
    {
        var csv = "sensor_id,timestamp,value\n" + string.Concat(Enumerable.Repeat("a,2026-03-02T00:00:00Z,1\n", 20_000));

        var (_, trace) = await UploadAsync(Encoding.UTF8.GetBytes(csv));

        AssertCall(trace, "read", "S3.GetObject", "GET");
        AssertCall(trace, "persist", "DynamoDB.UpdateItem", "POST");
        Assert.Equal(csv.Length.ToString(CultureInfo.InvariantCulture), Value(Stage(trace, "read"), "sensorapp.bytes"));
    }

    [Fact]
    public async Task Upload_Logs_CarryTraceAndFile()
    {
        var (fileId, trace) = await UploadAsync(await File.ReadAllBytesAsync(RepositoryFiles.Sample("sensor_data.csv"), TestContext.Current.CancellationToken));

        var logs = await application.Receiver.UntilLogsAsync(
            log => log.TraceId == trace[0].TraceId && log.Attributes.Any(attribute => attribute is { Name: "FileId" } && attribute.Value == fileId));

        Assert.EndsWith("is accepted and processed: 1000 rows, 0 invalid.", Assert.Single(logs).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(logs.SelectMany(log => log.Attributes), attribute => attribute.Name is "TraceId" or "SpanId" or "ParentId");
    }

    [Theory]
    [InlineData("sensorapp.files.accepted", "", "{file}")]
    [InlineData("sensorapp.files.finished", "sensorapp.file.status=failed", "{file}")]
    [InlineData("sensorapp.rows", "sensorapp.row.outcome=invalid, sensorapp.row.reason=value_not_a_number", "{row}")]
    [InlineData("sensorapp.upload.bytes", "", "By")]
    [InlineData("sensorapp.processing.bytes", "", "By")]
    [InlineData("sensorapp.attempts", "sensorapp.outcome=finished", "{attempt}")]
    [InlineData("sensorapp.queue.age", "", "s")]
    [InlineData("sensorapp.graph.occupancy", "sensorapp.block=aggregate", "{message}")]
    [InlineData("sensorapp.upload.duration", "", "s")]
    [InlineData("sensorapp.processing.duration", "sensorapp.outcome=finished", "s")]
    [InlineData("sensorapp.store.duration", "rpc.method=PutObject, rpc.service=S3, sensorapp.outcome=ok", "s")]
    public async Task Upload_Metric_IsSentWithUnitAndDescription(string name, string labels, string unit)
    {
        await UploadAsync("sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,warm\n"u8.ToArray());

        var series = await application.Receiver.UntilMetricAsync(name, labels);

        Assert.Equal(unit, series.Unit);
        Assert.NotEmpty(series.Description);
    }

    [Theory]
    [InlineData("http.client.request.duration", "web")]
    [InlineData("http.server.request.duration", "api")]
    [InlineData("dotnet.gc.collections", "api")]
    public async Task Upload_MetricOfThePlatform_IsSentToo(string name, string service)
    {
        await UploadAsync("sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n"u8.ToArray());

        Assert.NotEmpty((await application.Receiver.UntilMetricAsync(name, labels: null, service)).Unit);
    }

    [Fact]
    public async Task Problem_TraceId_IsThatOfTheSpans()
    {
        using var api = application.Host.CreateHttpClient("api");

        var problem = await (await api.GetAsync("/files/x", TestContext.Current.CancellationToken)).Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        var traceId = problem?["trace_id"]?.GetValue<string>();
        Assert.NotEmpty(await application.Receiver.UntilTraceAsync(spans => spans.Any(span => span.TraceId == traceId)));
    }

    [Fact]
    public async Task Idle_LooksAndHealthChecks_LeaveNoTraces()
    {
        var (_, trace) = await UploadAsync("sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n"u8.ToArray());

        var others = application.Receiver.Spans.Where(span => span.TraceId != trace[0].TraceId);

        Assert.DoesNotContain(others, span => span.Name is "DynamoDB.Query" or "S3.HeadBucket" or "DynamoDB.DescribeTable");
        Assert.DoesNotContain(others, span => span.ParentId.Length == 0 && span.Name is "POST" or "HEAD");
    }

    private async Task<(string FileId, IReadOnlyList<TraceSpan> Trace)> UploadAsync(byte[] csv)
    {
        using var web = application.Host.CreateHttpClient("web");
        var fileId = await Uploads.SendAsync(web, "/api/upload", "sample.csv", csv);
        await Uploads.FinalResultsAsync(web, "/api", fileId);
        var trace = await application.Receiver.UntilTraceAsync(spans => IsComplete(spans, fileId));
        return (fileId, trace);
    }

    /// <summary>All stages of the file are there, the parent of every span but the first, which is the web's, and who answered each request.</summary>
    private static bool IsComplete(IReadOnlyList<TraceSpan> trace, string fileId) =>
        trace.Any(span => span.Name == "process file" && Value(span, "sensorapp.file.id") == fileId)
        && Stages.All(stage => trace.Any(span => span.Name == stage))
        && trace.Where(span => Parent(trace, span) is null).ToList() is [var first] && first.Service.StartsWith("web", StringComparison.Ordinal)
        && trace.Where(span => span.Kind == "client" && Value(span, "http.request.method") is not null).All(request => trace.Any(span => span.ParentId == request.SpanId));

    /// <summary>The stage made the call, the call an HTTP request, and the stand-in cloud answered it.</summary>
    private static void AssertCall(IReadOnlyList<TraceSpan> trace, string stage, string call, string method)
    {
        var calls = trace.Where(span => span.Name == call && Parent(trace, span)?.Name == stage).ToList();
        var requests = trace.Where(span => calls.Contains(Parent(trace, span)!)).ToList(); // null is in no list
        var answers = trace.Where(span => requests.Contains(Parent(trace, span)!)).ToList(); // null is in no list

        Assert.NotEmpty(calls);
        Assert.All(calls, span => Assert.Equal(("aws-api", "client"), (Value(span, "rpc.system"), span.Kind)));
        Assert.Equal(calls.Count, requests.Count);
        Assert.All(requests, span => Assert.Equal(("client", method), (span.Kind, Value(span, "http.request.method"))));
        Assert.Equal(calls.Count, answers.Count);
        Assert.All(answers, span => Assert.StartsWith("mocks", span.Service, StringComparison.Ordinal));
    }

    private static TraceSpan Stage(IReadOnlyList<TraceSpan> trace, string name) => trace.Single(span => span.Name == name);

    private static TraceSpan? Parent(IReadOnlyList<TraceSpan> trace, TraceSpan span) =>
        span.ParentId.Length == 0 ? null : trace.FirstOrDefault(other => other.SpanId == span.ParentId);

    private static string? Value(TraceSpan span, string attribute) => span.Attributes.FirstOrDefault(pair => pair.Name == attribute).Value;
}
