using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard is, and who may see it: whoever opens the printed link; and who may send telemetry: the services, by a key of their own.</summary>
internal sealed class DashboardAccess
{
    public const string TelemetryKeyHeader = "x-otlp-api-key";
    /// <summary>Where the dashboard listens; null while it does not: in tests, or before it was started.</summary>
    public string? Address { get; set; }

    /// <summary>Part of the printed link.</summary>
    public string Token { get; } = NewSecret();

    /// <summary>Passed to the services in their environment.</summary>
    public string TelemetryKey { get; } = NewSecret();

    /// <summary>Browsers do not tell the ports of a host apart, and two AppHosts may run at once.</summary>
    private string Cookie => $"sensorapp-dashboard-{new Uri(Address ?? "http://localhost").Port}";

    /// <summary>Lets the browser in if the link's token is right, and leads it to one of the pages.</summary>
    public IResult LogIn(HttpContext context, string? t, string? returnUrl)
    {
        if (!Matches(t, Token))
        {
            return Results.Text("This link is of an earlier run. Open the one that the AppHost printed last.", statusCode: StatusCodes.Status401Unauthorized);
        }

        context.Response.Cookies.Append(Cookie, Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true });
        return Results.LocalRedirect(returnUrl is ['/', not ('/' or '\\'), ..] ? returnUrl : "/");
    }

    /// <summary>True for the login itself, for telemetry with its key and for a browser that logged in.</summary>
    public bool Allows(HttpRequest request) =>
        request.Path == "/login"
        || (request.Path.StartsWithSegments("/v1")
            ? Matches(request.Headers[TelemetryKeyHeader], TelemetryKey)
            : Matches(request.Cookies[Cookie], Token));

    private static bool Matches(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
