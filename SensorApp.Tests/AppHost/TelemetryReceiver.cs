using Aspire.Hosting.Dashboard.Telemetry;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SensorApp.Tests.AppHost;

/// <summary>Takes the traces of the application under test, in place of a dashboard.</summary>
internal sealed class TelemetryReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TelemetryStore store = new();
    private readonly WebApplication server;

    private TelemetryReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            OtlpTraces.Read(new CodedInputStream(body.ToArray()), store);
        });
        server.MapPost("/v1/{signal}", () => Results.Ok());
    }

    public string Address => server.Urls.First();

    public static async Task<TelemetryReceiver> StartAsync()
    {
        var receiver = new TelemetryReceiver();
        await receiver.server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Waits for a trace that satisfies the condition; spans come in batches, each service's by itself.</summary>
    public async Task<IReadOnlyList<TraceSpan>> UntilTraceAsync(Func<IReadOnlyList<TraceSpan>, bool> isComplete)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var interval = new PeriodicTimer(TimeSpan.FromMilliseconds(200));

        while (await interval.WaitForNextTickAsync(patience.Token))
        {
            if (store.Spans.Snapshot().GroupBy(span => span.TraceId).Select(trace => trace.ToList()).FirstOrDefault(isComplete) is { } found)
            {
                return found;
            }
        }

        throw new OperationCanceledException(patience.Token);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
