using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SensorApp.ServiceDefaults.Telemetry;

/// <summary>What a request is called, by its answer and by the log.</summary>
public static class RequestTrace
{
    /// <summary>The W3C id of the request's trace, 32 hexadecimal digits; where nothing makes traces the server's own id of the request.</summary>
    public static string TraceId(this HttpContext context) =>
        context.Features.Get<IHttpActivityFeature>()?.Activity.TraceId.ToHexString() ?? context.TraceIdentifier;
}
