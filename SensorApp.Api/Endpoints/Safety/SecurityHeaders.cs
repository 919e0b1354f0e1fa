namespace SensorApp.Api.Endpoints.Safety;

/// <summary>Headers that keep browsers from guessing, framing and running what is answered here.</summary>
public static class SecurityHeaders
{
    private const string NothingRuns = "default-src 'none'; frame-ancestors 'none'";

    // The explorer is a page with a script and styles of its own, all from here.
    private const string ExplorerRuns =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

    public static Task SetAsync(HttpContext context, RequestDelegate next)
    {
        // At the last moment: where a request throws, all that was set before is cleared.
        context.Response.OnStarting(static state => Set((HttpContext)state), context);
        return next(context);
    }

    private static Task Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";

        // A route may have a stricter one of its own.
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/scalar", StringComparison.OrdinalIgnoreCase) ? ExplorerRuns : NothingRuns;
        }

        return Task.CompletedTask;
    }
}
