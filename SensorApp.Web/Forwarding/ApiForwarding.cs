using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Mvc;
using SensorApp.Web.Api;
using Yarp.ReverseProxy.Forwarder;

namespace SensorApp.Web.Forwarding;

/// <summary>Passes <c>/api/{**}</c> on to the API, streaming in both directions and in constant memory.</summary>
internal static class ApiForwarding
{
    public const string Prefix = "/api";

    private const string ClientName = "api-forwarding";

    // Longer than the API may take to say anything: `?wait=`, and its own retries against the cloud.
    private static readonly ForwarderRequestConfig Patience = new() { ActivityTimeout = TimeSpan.FromMinutes(3) };

    public static void AddApiForwarding(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton<ApiTransformer>();
        builder.Services.AddHttpClient(ClientName)
            .AddServiceDiscovery()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                UseCookies = false,
                EnableMultipleHttp2Connections = true,
                ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectTimeout = TimeSpan.FromSeconds(10),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
    }

    public static void MapApiForwarding(this WebApplication app)
    {
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var transformer = app.Services.GetRequiredService<ApiTransformer>();
        var invoker = new HttpMessageInvoker(app.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(ClientName), disposeHandler: false);

        app.Map(Prefix + "/{**path}", context => ForwardAsync(context, forwarder, invoker, transformer))
            .WithMetadata(new DisableRequestSizeLimitAttribute());
    }

    private static async Task ForwardAsync(HttpContext context, IHttpForwarder forwarder, HttpMessageInvoker invoker, HttpTransformer transformer)
    {
        var error = await forwarder.SendAsync(context, ApiClientExtensions.ServiceAddress.ToString(), invoker, Patience, transformer);

        if (IsApiAway(error) && !context.Response.HasStarted)
        {
            await ApiAway.AnswerAsync(context);
        }
    }

    /// <summary>The API cannot be reached, went away while a body was on its way, or says nothing. What the browser broke off is none of these.</summary>
    private static bool IsApiAway(ForwarderError error) =>
        error is ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.NoAvailableDestinations or ForwarderError.RequestBodyDestination;
}
