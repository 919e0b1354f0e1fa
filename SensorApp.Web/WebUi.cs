using SensorApp.ServiceDefaults;
using SensorApp.ServiceDefaults.Safety;
using SensorApp.ServiceDefaults.Telemetry;
using SensorApp.Web.Api;
using SensorApp.Web.Forwarding;
using SensorApp.Web.Safety;

namespace SensorApp.Web;

/// <summary>The web process: pages, and one origin for browsers that reaches the API under <c>/api</c>.</summary>
public static class WebUi
{
    private const string ErrorPage = "/error";

    /// <summary>Builds the application, ready to run. Tests build it too, with switches for address and API.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults(ServiceIdentity.Web);
        builder.AddOutgoingRequestDurations();
        builder.AddApiClient();
        builder.AddApiForwarding();
        builder.Services.AddPages();

        // The chart script lies in its package; outside Development the host would look for it only after a publish.
        builder.WebHost.UseStaticWebAssets();

        var app = builder.Build();
        app.UseRequestSafety();
        app.UsePageHeaders();
        app.UseWhen(IsOwnPage, pages => pages.UseResponseCompression());
        app.UseExceptionHandler(ErrorPage, createScopeForErrors: true);
        app.UseWhen(IsOwnPage, pages => pages.UseStatusCodePagesWithReExecute(ErrorPage));
        app.UseMiddleware<FormPostMiddleware>(ErrorPage);
        app.UseRouting();

        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
        app.MapApiForwarding();
        app.MapDefaultEndpoints();
        return app;
    }

    /// <summary>What the API answers is passed on as it is: compressing it would hold back its events.</summary>
    private static bool IsOwnPage(HttpContext context) => !context.Request.Path.StartsWithSegments(ApiForwarding.Prefix);
}
