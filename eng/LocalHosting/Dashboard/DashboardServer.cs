using System.Net;
using Aspire.Hosting.Dashboard.Telemetry;
using Aspire.Hosting.Orchestration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Serves the dashboard on loopback while the application runs. It starts before the services, which send it their telemetry.</summary>
internal sealed partial class DashboardServer(
    IConfiguration configuration,
    DashboardAccess access,
    DashboardPages pages,
    TelemetryStore store,
    OrchestrationOptions options,
    ILogger<DistributedApplication> logger) : IHostedService
{
    private const int DefaultPort = 18888;

    private WebApplication? application;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.IsTest)
        {
            return;
        }

        var port = Uri.TryCreate(configuration["ASPNETCORE_URLS"]?.Split(';')[0], UriKind.Absolute, out var configured) ? configured.Port : DefaultPort;

        try
        {
            application = await ListenAsync(port, cancellationToken);
        }
        catch (IOException) when (port != 0)
        {
            // The dashboard is a help, not the product: another one on its port is no reason not to start.
            Log.PortTaken(logger, port);
            application = await ListenAsync(0, cancellationToken);
        }

        access.Address = FormattableString.Invariant($"http://localhost:{new Uri(application.Urls.First()).Port}");
        Log.Listening(logger, access.Address);
        Log.LogIn(logger, $"{access.Address}/login?t={access.Token}");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (application is not null)
        {
            await application.DisposeAsync();
        }
    }

    private async Task<WebApplication> ListenAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // "localhost" is both loopback addresses, for which no free port can be asked.
            if (port == 0)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                kestrel.ListenLocalhost(port);
            }

            kestrel.AddServerHeader = false;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddRequestDecompression();

        var server = builder.Build();
        server.Use(GuardAsync);
        server.UseRequestDecompression();
        server.UseRouting();
        server.MapGet("/login", access.LogIn);
        pages.Map(server);
        OtlpEndpoints.Map(server, store);
        await server.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>A page that a name rebound to loopback brought here has another host name and no cookie.</summary>
    private Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; form-action 'self'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";

        if (context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]" && access.Allows(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return context.Response.WriteAsync("Open the dashboard with the link that the AppHost printed.", context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Information, "Now listening on: {Address}")]
        public static partial void Listening(ILogger logger, string address);

        [LoggerMessage(21, LogLevel.Information, "Login to the dashboard at {Link}")]
        public static partial void LogIn(ILogger logger, string link);

        [LoggerMessage(22, LogLevel.Warning, "Port {Port} for the dashboard is taken; it gets a free one. DASHBOARD_PORT chooses another.")]
        public static partial void PortTaken(ILogger logger, int port);
    }
}
