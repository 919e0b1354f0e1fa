using Aspire.Hosting.Testing;

namespace SensorApp.Tests.AppHost;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Upload_ThroughTheWeb_IsOneTraceFromTheRequestToTheProcessing()
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        await using var app = await RunningApplication.StartAsync(
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={receiver.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        using var web = app.CreateHttpClient("web");

        var fileId = await Uploads.SendAsync(web, "/api/upload", "sensor_data.csv");
        await Uploads.FinalResultsAsync(web, "/api", fileId);
        var trace = await receiver.UntilTraceAsync(spans =>
            spans.Any(span => span.Name == "process file") && Services(spans).IsSupersetOf(["web", "api", "mocks"]));

        var ids = trace.Select(span => span.SpanId).ToHashSet();
        var first = Assert.Single(trace, span => span.ParentId.Length == 0 || !ids.Contains(span.ParentId));
        Assert.StartsWith("web", first.Service, StringComparison.Ordinal);
        Assert.DoesNotContain(trace, span => span.IsError);
    }

    /// <summary>Without the instance that follows the name.</summary>
    private static HashSet<string> Services(IEnumerable<Aspire.Hosting.Dashboard.Telemetry.TraceSpan> spans) =>
        [.. spans.Select(span => span.Service.Split(' ')[0])];
}
