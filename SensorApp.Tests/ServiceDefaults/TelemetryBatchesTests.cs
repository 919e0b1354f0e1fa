using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;
using SensorApp.ServiceDefaults;

namespace SensorApp.Tests.ServiceDefaults;

/// <summary>How much telemetry may wait, and how much of it is sent at once.</summary>
public sealed class TelemetryBatchesTests
{
    [Fact]
    public async Task Batches_NothingSaid_AreThoseOfManyFilesASecond()
    {
        await using var app = Build();

        Assert.Equal((8192, 512), SpansOf(app));
        Assert.Equal((8192, 128), RecordsOf(app));
    }

    [Fact]
    public async Task Batches_OpenTelemetrysOwnVariables_WinOverTheDefaults()
    {
        await using var app = Build(
            "--OTEL_BSP_MAX_QUEUE_SIZE=300", "--OTEL_BSP_MAX_EXPORT_BATCH_SIZE=200",
            "--OTEL_BLRP_MAX_QUEUE_SIZE=100", "--OTEL_BLRP_MAX_EXPORT_BATCH_SIZE=50");

        Assert.Equal((300, 200), SpansOf(app));
        Assert.Equal((100, 50), RecordsOf(app));
    }

    private static (int Queue, int Batch) SpansOf(WebApplication app) =>
        Of(app.Services.GetRequiredService<IOptions<ActivityExportProcessorOptions>>().Value.BatchExportProcessorOptions);

    private static (int Queue, int Batch) RecordsOf(WebApplication app) =>
        Of(app.Services.GetRequiredService<IOptions<LogRecordExportProcessorOptions>>().Value.BatchExportProcessorOptions);

    private static (int Queue, int Batch) Of<T>(BatchExportProcessorOptions<T> options)
        where T : class => (options.MaxQueueSize, options.MaxExportBatchSize);

    /// <summary>Never started, so nothing is sent anywhere.</summary>
    private static WebApplication Build(params string[] settings)
    {
        var builder = WebApplication.CreateBuilder(["--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", .. settings]);
        builder.AddServiceDefaults(ServiceIdentity.Api);
        builder.Logging.ClearProviders();
        return builder.Build();
    }
}
