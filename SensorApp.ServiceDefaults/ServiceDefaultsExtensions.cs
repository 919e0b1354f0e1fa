using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SensorApp.ServiceDefaults.Logging;
using SensorApp.ServiceDefaults.Safety;
using SensorApp.ServiceDefaults.Settings;
using SensorApp.ServiceDefaults.Telemetry;
using SensorApp.ServiceDefaults.Transport;

namespace SensorApp.ServiceDefaults;

/// <summary>What all three services have in common.</summary>
public static class ServiceDefaultsExtensions
{
    private const string LiveTag = "live";
    private const string TraceName = "trace_id";

    /// <summary>Settings, address, logs, telemetry, request safety and health checks. Call it first.</summary>
    /// <exception cref="InvalidSettingException">A setting that this method reads is not allowed.</exception>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, ServiceIdentity identity)
    {
        DotEnvFile.AddTo(builder.Configuration, Directory.GetCurrentDirectory());
        var port = identity.Port.Read(builder.Configuration);

        if (string.IsNullOrEmpty(builder.Configuration["ASPNETCORE_URLS"]) && string.IsNullOrEmpty(builder.Configuration["urls"]))
        {
            // Kestrel takes a free port only of one address, and localhost is two.
            builder.WebHost.UseUrls(port == 0 ? "http://127.0.0.1:0" : string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        }

        builder.Services.AddTransport();
        builder.AddServiceLogging();
        builder.AddTelemetry(identity.Name);
        builder.AddRequestSafety();
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = NameTrace);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        return builder;
    }

    /// <summary><c>/health</c> (ready) and <c>/alive</c> (the process answers).</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteAsync });
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) });
        return app;
    }

    /// <summary>The framework names it after the JSON options of each process; here it has one name in all of them.</summary>
    private static void NameTrace(ProblemDetailsContext context)
    {
        context.ProblemDetails.Extensions.Remove("traceId");
        context.ProblemDetails.Extensions[TraceName] = context.HttpContext.TraceId();
    }
}
