using System.Net;
using Microsoft.AspNetCore.Http;

namespace SensorApp.ServiceDefaults.Safety;

/// <summary>Which host names a request may ask for: loopback ones, and those configured.</summary>
/// <param name="configured">Host names without port; <c>*</c> allows any.</param>
public sealed class HostRule(IReadOnlyCollection<string> configured)
{
    private readonly bool allowsAny = configured.Contains("*");
    private readonly HashSet<string> names = new(configured, StringComparer.OrdinalIgnoreCase) { "localhost" };

    // Nearly every request names the same host: parsing it each time costs as much as finding a small object.
    private string lastAllowed = "localhost";

    /// <summary>True for a host that is served here. An HTTP/1.0 request without a host names no foreign one and is let through.</summary>
    public bool Allows(HostString host)
    {
        if (allowsAny || !host.HasValue || host.Value == Volatile.Read(ref lastAllowed))
        {
            return true;
        }

        if (!IsNamed(host))
        {
            return false;
        }

        Volatile.Write(ref lastAllowed, host.Value);
        return true;
    }

    private bool IsNamed(HostString host) =>
        names.Contains(host.Host)
        || host.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address));
}
