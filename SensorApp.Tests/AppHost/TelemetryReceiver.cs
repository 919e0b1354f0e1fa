using Aspire.Hosting.Dashboard.Telemetry;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SensorApp.Tests.AppHost;

/// <summary>Takes the telemetry of the application under test, in place of a dashboard.</summary>
internal sealed class TelemetryReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly TelemetryStore store = new();
    private readonly WebApplication server;

    private TelemetryReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        Map("/v1/traces", OtlpTraces.Read);
        Map("/v1/metrics", OtlpMetrics.Read);
        Map("/v1/logs", OtlpLogs.Read);
    }

    /// <summary>As settings of the AppHost.</summary>
    public string[] Arguments => [$"--OTEL_EXPORTER_OTLP_ENDPOINT={server.Urls.First()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"];

    /// <summary>All that came so far.</summary>
    public IReadOnlyList<TraceSpan> Spans => store.Spans.Snapshot();

    public static async Task<TelemetryReceiver> StartAsync()
    {
        var receiver = new TelemetryReceiver();
        await receiver.server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Waits for a trace that satisfies the condition; spans come in batches, each service's by itself.</summary>
    public Task<IReadOnlyList<TraceSpan>> UntilTraceAsync(Func<IReadOnlyList<TraceSpan>, bool> isComplete) => UntilAsync(() =>
        (IReadOnlyList<TraceSpan>?)store.Spans.Snapshot().GroupBy(span => span.TraceId).Select(trace => trace.ToList()).FirstOrDefault(isComplete));

    /// <summary>Waits for log records that satisfy the condition.</summary>
    public Task<IReadOnlyList<LogEntry>> UntilLogsAsync(Func<LogEntry, bool> matches) => UntilAsync(() =>
        store.Logs.Snapshot().Where(matches).ToList() is { Count: > 0 } found ? (IReadOnlyList<LogEntry>)found : null);

    /// <summary>Waits for the first point of a metric, of any service or of one.</summary>
    public Task<MetricSeries> UntilMetricAsync(string name, string? labels, string service = "") => UntilAsync(() => store.Series.FirstOrDefault(series =>
        series.Key.Name == name && (labels is null || series.Key.Labels == labels) && series.Key.Service.StartsWith(service, StringComparison.Ordinal)));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task<T> UntilAsync<T>(Func<T?> find)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var interval = new PeriodicTimer(TimeSpan.FromMilliseconds(200));

        while (await interval.WaitForNextTickAsync(patience.Token))
        {
            if (find() is { } found)
            {
                return found;
            }
        }

        throw new OperationCanceledException(patience.Token);
    }

    private void Map(string path, Action<CodedInputStream, TelemetryStore> read) => server.MapPost(path, async (HttpRequest request) =>
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        read(new CodedInputStream(body.ToArray()), store);
    });
}
