using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SensorApp.Mocks.Admin;
using SensorApp.Mocks.Authentication;
using SensorApp.Mocks.Dispatch;
using SensorApp.Mocks.DynamoDb;
using SensorApp.Mocks.Faults;
using SensorApp.Mocks.S3;
using SensorApp.Mocks.Storage;
using SensorApp.ServiceDefaults;
using SensorApp.ServiceDefaults.Safety;

namespace SensorApp.Mocks;

/// <summary>The stand-in cloud as one web application: S3 and DynamoDB behind one port.</summary>
public static partial class MocksApplication
{
    /// <summary>Puts the application together without starting it.</summary>
    /// <param name="args">Command line switches; they win over environment variables.</param>
    /// <param name="configure">Lets a test replace services, for example the clock.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults(ServiceIdentity.Mocks);
        builder.WebHost.ConfigureKestrel(AcceptWhatCloudsAccept);
        builder.Services.AddSignatureVerification(builder.Configuration);
        builder.Services.AddStorage(builder.Configuration);
        // S3 claims every request that is left, so it is registered last.
        builder.Services.AddDynamoDb();
        builder.Services.AddS3();
        builder.Services.AddSingleton<FaultInjector>();
        builder.Services.AddSingleton<ServiceDispatcher>();
        configure?.Invoke(builder);

        var app = builder.Build();
        // The folder is locked and opened now: a start that cannot keep data must fail, not the first write.
        _ = app.Services.GetRequiredService<IWriteQueue>();

        if (app.Services.GetRequiredService<AccessKeys>().AcceptsAny)
            Log.AcceptsAnyKey(app.Logger);

        app.UseRequestSafety();
        var dispatcher = app.Services.GetRequiredService<ServiceDispatcher>();
        // Routing costs a tenth of a small read, and is for our own few paths only.
        app.Use((context, next) => AdminEndpoints.Concern(context.Request) ? next(context) : dispatcher.AnswerAsync(context));
        app.UseRouting();
        app.MapAdmin();
        app.Use((context, next) => context.GetEndpoint() is null ? dispatcher.AnswerAsync(context) : next(context));
        return app;
    }

    /// <summary>What the web server takes and how it reads headers; public, so that it can be measured without the cloud behind it.</summary>
    public static void AcceptWhatCloudsAccept(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MaxRequestLineSize = 32 * 1024;
        options.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        // Latin-1 keeps each byte of a header as it came: signatures are over bytes, and metadata may hold UTF-8.
        options.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        options.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "MOCKS_ACCEPT_ANY_KEY is on: every access key is let in, and signatures of unlisted keys are not checked")]
        public static partial void AcceptsAnyKey(ILogger logger);
    }
}
