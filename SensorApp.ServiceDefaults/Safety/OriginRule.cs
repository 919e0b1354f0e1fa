using Microsoft.AspNetCore.Http;

namespace SensorApp.ServiceDefaults.Safety;

/// <summary>Which origins may send a request that changes something.</summary>
/// <param name="configured">Origins such as <c>https://sensors.example.com</c>; <c>*</c> allows any.</param>
public sealed class OriginRule(IReadOnlyCollection<string> configured)
{
    private const string FetchSite = "Sec-Fetch-Site";

    private readonly bool allowsAny = configured.Contains("*");
    private readonly HashSet<string> origins = new(configured, StringComparer.OrdinalIgnoreCase);

    /// <summary>True for safe methods, for clients that are no browser (neither header is sent), for this server's own pages and for configured origins.</summary>
    public bool Allows(HttpRequest request)
    {
        if (allowsAny || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return true;
        }

        var origin = request.Headers.Origin.ToString();

        if (origin.Length > 0)
        {
            return origins.Contains(origin) || IsOwn(request, origin);
        }

        return !string.Equals(request.Headers[FetchSite].ToString(), "cross-site", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Compares host and port only: behind a proxy that ends TLS, the page's scheme is https and the request's is http.</summary>
    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
