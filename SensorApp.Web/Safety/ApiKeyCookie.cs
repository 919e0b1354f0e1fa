namespace SensorApp.Web.Safety;

/// <summary>The API key that a person typed in, kept by the browser where no script can read it.</summary>
internal static class ApiKeyCookie
{
    /// <summary>The header in which the API takes a key.</summary>
    public const string Header = "X-Api-Key";

    private const string Name = "sensorapp-key";

    public static string? Read(HttpContext context) =>
        context.Request.Cookies[Name] is { Length: > 0 } key ? key : null;

    public static void Write(HttpContext context, string key) => context.Response.Cookies.Append(Name, key, Options(context));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
