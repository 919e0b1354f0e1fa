using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Pages;
using Aspire.Hosting.Dashboard.Telemetry;
using Aspire.Hosting.Orchestration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Hosting.Dashboard;

/// <summary>The pages of the dashboard and their addresses.</summary>
internal sealed class DashboardPages(
    OrchestrationOptions options, ResourceNotificationService notifications, ProjectRunner runner, ServiceOutput output, TelemetryStore store)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        MapPage(routes, "/", "Resources", _ => ResourcesPage.Render(options.Projects, notifications));
        MapPage(routes, "/console", "Console", request => ConsolePage.Render(output, request.Query["resource"]));
        MapPage(routes, "/logs", "Structured logs", request =>
            LogsPage.Render(store.Logs.Snapshot(), request.Query["service"], NumberOf(request.Query["severity"]), request.Query["text"]));
        MapPage(routes, "/traces", "Traces", request => TracesPage.Render(store.Spans.Snapshot(), request.Query["text"]));
        MapPage(routes, "/traces/{id}", "Trace", request => TracePage.Render((string)request.RouteValues["id"]!, store.Spans.Snapshot())); // the route has it
        MapPage(routes, "/metrics", "Metrics", request => MetricsPage.Render(store.Series, request.Query["service"]));

        MapAsset(routes, "dashboard.css", "text/css");
        MapAsset(routes, "dashboard.js", "text/javascript");
        MapAsset(routes, "dashboard.svg", "image/svg+xml");
        routes.MapPost("/restart", (Delegate)RestartAsync);
    }

    /// <summary>The whole page, or for the page's own script only what is within <c>main</c>.</summary>
    private static void MapPage(IEndpointRouteBuilder routes, string path, string title, Func<HttpRequest, Html> render) =>
        routes.MapGet(path, (HttpContext context) =>
        {
            var content = render(context.Request);
            var page = context.Request.Headers.ContainsKey("X-Fragment") ? content : Layout.Page(path, title, content);
            return Results.Text(page.Markup, "text/html; charset=utf-8");
        });

    private static void MapAsset(IEndpointRouteBuilder routes, string name, string contentType) =>
        routes.MapGet($"/{name}", () => Results.Stream(typeof(DashboardPages).Assembly.GetManifestResourceStream(name)!, contentType)); // embedded by the project file

    private async Task<IResult> RestartAsync(HttpContext context)
    {
        var name = context.Request.Query["resource"].ToString();

        if (options.Projects.FirstOrDefault(project => project.Name == name) is not { } project)
        {
            return Results.NotFound();
        }

        await runner.RestartAsync(project);
        return Results.Redirect("/");
    }

    private static int NumberOf(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
