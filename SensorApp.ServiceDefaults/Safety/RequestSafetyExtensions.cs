using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.ServiceDefaults.Safety;

/// <summary>
/// Keeps foreign pages and forged host names away from a service that listens on a person's machine: a page anywhere
/// can make a browser post to localhost, and a rebound DNS name makes localhost look like that page's own origin.
/// </summary>
public static class RequestSafetyExtensions
{
    /// <summary>The <c>code</c> of the answer to a request for a host name that is not served here.</summary>
    public const string HostRefused = "host_refused";

    /// <summary>The <c>code</c> of the answer to an unsafe request that another site's page makes.</summary>
    public const string OriginRefused = "origin_refused";

    internal static void AddRequestSafety(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.AddSingleton(new HostRule(KnownSettings.AllowedHosts.Read(configuration)));
        builder.Services.AddSingleton(new OriginRule(AllowedOrigins(configuration)));

        var proxies = KnownSettings.TrustedProxies.Read(configuration);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = proxies.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();

            foreach (var proxy in proxies)
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy.Contains('/') ? proxy : $"{proxy}/{(proxy.Contains(':') ? 128 : 32)}"));
            }
        });
    }

    /// <summary>The configured origins; the local UI's unless any is configured.</summary>
    public static string[] AllowedOrigins(IConfiguration configuration) =>
        KnownSettings.AllowedOrigins.Read(configuration) is { Length: > 0 } configured
            ? configured
            : [string.Create(CultureInfo.InvariantCulture, $"http://localhost:{KnownSettings.UiPort.Read(configuration)}")];

    /// <summary>Refuses requests for host names that are not on the list, and unsafe requests that another site's page makes. Call it first in the pipeline.</summary>
    public static IApplicationBuilder UseRequestSafety(this IApplicationBuilder app)
    {
        var hosts = app.ApplicationServices.GetRequiredService<HostRule>();
        var origins = app.ApplicationServices.GetRequiredService<OriginRule>();

        if (app.ApplicationServices.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value.ForwardedHeaders != ForwardedHeaders.None)
        {
            app.UseForwardedHeaders();
        }

        return app.Use((context, next) =>
            !hosts.Allows(context.Request.Host) ? RefuseAsync(context, StatusCodes.Status400BadRequest, HostRefused, $"The host name '{context.Request.Host.Host}' is not served here. Allowed are localhost and the names in ALLOWED_HOSTS.")
            : !origins.Allows(context.Request) ? RefuseAsync(context, StatusCodes.Status403Forbidden, OriginRefused, "A page of another site may not send this request. Allowed are this server's own pages and the origins in ALLOWED_ORIGINS.")
            : next(context));
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code }).ExecuteAsync(context);
}
