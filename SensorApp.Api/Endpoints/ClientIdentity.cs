using System.Security.Cryptography;
using System.Text;
using SensorApp.Api.Endpoints.Safety;

namespace SensorApp.Api.Endpoints;

/// <summary>Who a request comes from, for limits and idempotency keys.</summary>
public static class ClientIdentity
{
    private const string Anonymous = "anonymous";

    /// <summary>A short name for the holder of the API key; the same for all where no keys are used.</summary>
    public static string Of(HttpContext context) =>
        ApiKeyCheck.KeyOf(context.Request) is { } key ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8)) : Anonymous;

    /// <summary>The address a request comes from, behind configured proxies the client's own.</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? Anonymous;
}
