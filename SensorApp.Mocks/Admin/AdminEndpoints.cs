namespace SensorApp.Mocks.Admin;

/// <summary>The routes below <c>/_mocks</c>; no bucket can be called so, as bucket names begin with a letter or digit.</summary>
public static class AdminEndpoints
{
    public static WebApplication MapAdmin(this WebApplication app)
    {
        app.MapGet("/_mocks/health", () => TypedResults.Ok(new { status = "ok" }));
        return app;
    }
}
