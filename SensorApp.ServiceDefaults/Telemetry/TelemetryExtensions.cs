using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SensorApp.ServiceDefaults.Logging;

namespace SensorApp.ServiceDefaults.Telemetry;

/// <summary>Traces, metrics and logs by OpenTelemetry; sent over OTLP only where an endpoint is configured.</summary>
public static class TelemetryExtensions
{
    /// <summary>Activity sources and meters of our own all start with this name.</summary>
    private const string OwnSources = "SensorApp.*";

    /// <summary>Spans of the AWS clients, such as <c>S3.PutObject</c>.</summary>
    private const string AwsSources = "AWSSDK.*";

    /// <summary>Requests to others. .NET gives their spans and durations all that the conventions ask for.</summary>
    private const string HttpClientSource = "System.Net.Http";

    /// <summary>
    /// All meters of ASP.NET Core, by their names: the instrumentation package would add a step to the way of each request as well, for a
    /// label that the status code tells.
    /// </summary>
    private const string AspNetCoreMeters = "Microsoft.AspNetCore.*";

    private const string NameResolutionMeter = "System.Net.NameResolution";

    /// <summary>Counted several times a request, and nothing that its duration does not tell as well.</summary>
    private static readonly string[] LeftOut =
    [
        "http.client.active_requests", "http.client.open_connections", "http.client.request.time_in_queue", "http.server.active_requests",
        "aspnetcore.routing.match_attempts", "aspnetcore.rate_limiting.active_request_leases", "aspnetcore.rate_limiting.request_lease.duration",
    ];

    /// <summary>
    /// Combinations of attributes that one instrument keeps apart. The SDK makes room at once for 2,000 of each of some fifty
    /// instruments, 8 MB a process; the routes, methods and status codes of all requests together are less than this.
    /// </summary>
    private static readonly MetricStreamConfiguration Kept = new() { CardinalityLimit = 500 };

    /// <summary>
    /// How many spans and log records may wait, and how many are sent at once, where nobody says otherwise. Thousands of files a second make more
    /// of them than OpenTelemetry's own 2,048 let pass. What waits is copied by each garbage collection: its own 512 at once, which are the spans
    /// of some thirty files, would be the log records of five hundred. With 128 of these, half as much is alive when one comes.
    /// </summary>
    private static readonly Dictionary<string, string?> Batching = new()
    {
        ["OTEL_BSP_MAX_QUEUE_SIZE"] = "8192",
        ["OTEL_BLRP_MAX_QUEUE_SIZE"] = "8192",
        ["OTEL_BLRP_MAX_EXPORT_BATCH_SIZE"] = "128",
    };

    /// <summary>Whether telemetry is sent anywhere. Without a receiver every span and log record would be made and thrown away.</summary>
    public static bool IsTelemetrySent(this IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    /// <summary>
    /// Measures how long the requests that a service makes take. For one that has a measure of its own of them, it would be a hundredth of the
    /// small-file rate for little more.
    /// </summary>
    public static void AddOutgoingRequestDurations(this WebApplicationBuilder builder) =>
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(HttpClientSource));

    internal static void AddTelemetry(this WebApplicationBuilder builder, string serviceName)
    {
        if (!builder.Configuration.IsTelemetrySent())
        {
            return;
        }

        // The first source gives way to all others.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Batching });

        // Each record has the ids of its trace and span as they are; a scope would say them again. The framework's console has them from there only.
        if (!builder.Configuration.HasFrameworkConsole())
        {
            builder.Logging.Configure(factory => factory.ActivityTrackingOptions = ActivityTrackingOptions.None);
        }

        // .NET itself reads and hands on what comes with a request. By default OpenTelemetry looks in each for its own baggage as well, which nothing here reads.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? serviceName, autoGenerateServiceInstanceId: false))
            .WithMetrics(metrics => metrics
                .AddView(instrument => LeftOut.Contains(instrument.Name) ? MetricStreamConfiguration.Drop : Kept)
                .AddMeter(OwnSources, AspNetCoreMeters, NameResolutionMeter)
                .AddRuntimeInstrumentation())
            .WithTracing(traces => SetSampler(traces, builder.Configuration)
                .AddSource(OwnSources, AwsSources, HttpClientSource)
                .AddAspNetCoreInstrumentation(http => http.Filter = context => !IsHealthCheck(context.Request.Path)))
            .UseOtlpExporter();
    }

    /// <summary>
    /// Aspire asks for <c>always_on</c> in Development. That would record the calls of loops and health checks, whose own span says
    /// that they are not worth it: what has a parent does as the parent does, here as with OpenTelemetry's own default.
    /// </summary>
    private static TracerProviderBuilder SetSampler(TracerProviderBuilder traces, IConfiguration configuration) =>
        configuration["OTEL_TRACES_SAMPLER"] is "always_on" ? traces.SetSampler(new ParentBasedSampler(new AlwaysOnSampler())) : traces;

    private static bool IsHealthCheck(string? path) => path is "/health" or "/alive" or "/_mocks/health";
}
