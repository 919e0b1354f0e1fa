using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SensorApp.ServiceDefaults.Telemetry;

/// <summary>Traces, metrics and logs by OpenTelemetry; sent over OTLP only where an endpoint is configured.</summary>
internal static class TelemetryExtensions
{
    /// <summary>Activity sources and meters of our own all start with this name.</summary>
    private const string OwnSources = "SensorApp.*";

    /// <summary>Spans of the AWS clients, such as <c>S3.PutObject</c>.</summary>
    private const string AwsSources = "AWSSDK.*";

    public static void AddTelemetry(this WebApplicationBuilder builder, string serviceName)
    {
        // Without a receiver every span and log record would be made and thrown away: a fifth of the small-file rate.
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? serviceName, autoGenerateServiceInstanceId: false))
            .WithMetrics(metrics => metrics
                .AddMeter(OwnSources)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithTracing(traces => traces
                .AddSource(OwnSources, AwsSources)
                .AddAspNetCoreInstrumentation(http => http.Filter = context => !IsHealthCheck(context.Request.Path))
                .AddHttpClientInstrumentation())
            .UseOtlpExporter();
    }

    private static bool IsHealthCheck(string? path) => path is "/health" or "/alive" or "/_mocks/health";
}
