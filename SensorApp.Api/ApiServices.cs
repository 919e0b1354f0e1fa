using Microsoft.Extensions.Options;
using SensorApp.Api.Endpoints;
using SensorApp.Api.Endpoints.Meta;
using SensorApp.Api.Endpoints.Safety;
using SensorApp.Api.Processing;
using SensorApp.Api.Services.Cloud;
using SensorApp.Api.Services.Events;
using SensorApp.Api.Services.Files;
using SensorApp.Api.Services.Results;
using SensorApp.Api.Services.Sweeping;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Services.Warming;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage.Aws;
using SensorApp.ServiceDefaults.Safety;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Api;

/// <summary>What the API consists of.</summary>
public static class ApiServices
{
    private const long MiB = 1024 * 1024;

    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAwsStorage(builder.Configuration);
        services.AddSection<WorkOptions>(WorkOptions.Section);
        services.AddSection<SweepOptions>(SweepOptions.Section);
        services.AddSection<UploadLimits>(UploadLimits.Section);

        services.AddSingleton<CloudHealth>();
        services.AddHealthChecks().AddCheck<CloudHealth>("cloud").AddCheck<WarmUp>("warm");
        // Each check that finds something says so itself, in words that are fit for the log.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
        AddWork(services, builder.Configuration);

        services.AddSingleton<UploadBuffers>();
        services.AddSingleton<UploadReceiver>();
        services.AddSingleton<UploadAcceptance>();
        services.AddSingleton<RepeatedUploads>();
        services.AddSingleton<FileWaiter>();
        services.AddSingleton<FileList>();
        services.AddSingleton<FileLifecycle>();
        services.AddSingleton<ResultReader>();

        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        AddSafety(services, builder.Configuration);
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddOpenApi(ApiDocument.Configure);
        return builder;
    }

    private static void AddWork(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new WorkSlots(KnownSettings.MaxConcurrentTasks.Read(configuration)));
        services.AddSingleton(new ProcessingOptions { MaxAggregationBytes = KnownSettings.MaxAggregationMb.Read(configuration) * MiB });
        services.AddSingleton<ProcessingGraph>();
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<RunningFiles>();
        services.AddSingleton<StatusFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<StatusFeed>());
        services.AddSingleton<Claims>();
        services.AddSingleton<ResultPublisher>();
        services.AddSingleton<FileWorker>();
        services.AddSingleton<EarlyWork>();
        services.AddSingleton<Removals>();
        services.AddSingleton<OrphanSweep>();

        // Stopped in reverse: first nothing new is looked for, then what runs may finish.
        services.AddSingleton<WorkRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkRunner>());
        services.AddSingleton<CloudSetup>();
        services.AddHostedService(provider => provider.GetRequiredService<CloudSetup>());
        services.AddHostedService<SweepLoop>();
        services.AddHostedService<WorkLoop>();
        services.AddHostedService<QueueAge>();
        services.AddSingleton<Rehearsal>();
        services.AddSingleton<WarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<WarmUp>());
        services.AddOptions<HostOptions>().Configure<IOptions<WorkOptions>>((host, work) => host.ShutdownTimeout = work.Value.ShutdownGrace + TimeSpan.FromSeconds(10));
    }

    private static void AddSafety(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<RequestLimits>(RequestLimits.Section);
        services.AddRequestLimits();
        services.AddSingleton(new ApiKeyCheck(KnownSettings.ApiKeys.Read(configuration)));

        var origins = RequestSafetyExtensions.AllowedOrigins(configuration);
        services.AddCors(cors => cors.AddDefaultPolicy(policy =>
            (origins.Contains("*") ? policy.AllowAnyOrigin() : policy.WithOrigins(origins))
                .AllowAnyMethod()
                .AllowAnyHeader()
                .WithExposedHeaders("Location", "ETag", "Retry-After", "Content-Disposition")));
    }
}
