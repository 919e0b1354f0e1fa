using SensorApp.Api.Endpoints;
using SensorApp.Api.Endpoints.Events;
using SensorApp.Api.Endpoints.Files;
using SensorApp.Api.Endpoints.Meta;
using SensorApp.Api.Endpoints.Results;
using SensorApp.Api.Endpoints.Safety;
using SensorApp.Api.Endpoints.Uploads;
using SensorApp.ServiceDefaults;
using SensorApp.ServiceDefaults.Safety;

namespace SensorApp.Api;

/// <summary>The pipeline and all routes.</summary>
public static class ApiRoutes
{
    public static WebApplication MapApi(this WebApplication app)
    {
        app.Use(SecurityHeaders.SetAsync);
        app.Use(FileLines.ScopeAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages(EmptyAnswers.WriteProblemAsync);
        app.UseRequestSafety();
        app.UseCors();
        // Before the keys, so that guessing them is limited too.
        app.UseRateLimiter();
        app.Use(app.Services.GetRequiredService<ApiKeyCheck>().InvokeAsync);
        app.MapDefaultEndpoints();
        app.MapMeta();
        app.MapUploads();
        app.MapFiles();
        app.MapResults();
        app.MapEvents();
        return app;
    }
}
