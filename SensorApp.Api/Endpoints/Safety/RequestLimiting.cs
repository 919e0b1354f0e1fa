using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using SensorApp.Api.Services.Uploads;

namespace SensorApp.Api.Endpoints.Safety;

/// <summary>Requests a minute for each client, uploads at once for all, and Kestrel's limits.</summary>
public static class RequestLimiting
{
    /// <summary>The policy of routes that take files.</summary>
    public const string Uploads = "uploads";

    private const int BusyRetrySeconds = 5;

    public static void AddRequestLimits(this IServiceCollection services)
    {
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<RequestLimits>>((kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.Value.MaxBodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = limits.Value.MaxHeaderBytes;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.Value.MinBodyBytesPerSecond, limits.Value.BodyGrace);
        });

        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RequestLimits>, IOptions<UploadLimits>>((limiter, limits, uploads) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => PerClient(context, limits.Value.RequestsPerMinute));
            limiter.AddConcurrencyLimiter(Uploads, concurrency => concurrency.PermitLimit = uploads.Value.MaxConcurrent);
            limiter.OnRejected = (rejected, _) => new ValueTask(RejectAsync(rejected));
        });
    }

    private static RateLimitPartition<string> PerClient(HttpContext context, int requestsPerMinute) =>
        requestsPerMinute == 0 || context.Request.Path.Value is "/health" or "/alive"
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetFixedWindowLimiter(ClientIdentity.AddressOf(context), _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = requestsPerMinute,
                Window = TimeSpan.FromMinutes(1),
            });

    private static Task RejectAsync(OnRejectedContext rejected)
    {
        var context = rejected.HttpContext;
        var isRate = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
        var seconds = isRate ? (int)Math.Ceiling(wait.TotalSeconds) : BusyRetrySeconds;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var problem = isRate
            ? ApiProblem.Of(StatusCodes.Status429TooManyRequests, ProblemCodes.TooManyRequests, $"Found more requests in a minute than one client may send; try again in {seconds} s.")
            : ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, ProblemCodes.TooManyUploads, $"As many uploads as are accepted at once are under way; try again in {seconds} s.");
        return problem.ExecuteAsync(context);
    }
}
