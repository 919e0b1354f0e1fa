using SensorApp.Mocks.Authentication;
using SensorApp.Mocks.Dispatch;

namespace SensorApp.Mocks.S3;

/// <summary>One request with what was found out about it on the way to its action.</summary>
internal sealed class S3Request(HttpContext context, RequestTarget target, string bucket, string key, TimeProvider clock)
{
    public HttpRequest Http => context.Request;

    public HttpResponse Response => context.Response;

    public TimeProvider Clock => clock;

    public CancellationToken Aborted => context.RequestAborted;

    public RequestTarget Target => target;

    /// <summary>Empty when the request is for the service.</summary>
    public string Bucket => bucket;

    /// <summary>Decoded once; empty when the request is for a bucket.</summary>
    public string Key => key;

    /// <summary>Set once the signature has been verified.</summary>
    public VerifiedSignature? Signature { get; set; }

    /// <summary>A header's value; null when it was not sent.</summary>
    public string? Header(string name) => context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Splits a path-style path: <c>/bucket/key/with/slashes</c>.</summary>
    public static S3Request Of(HttpContext context, TimeProvider clock)
    {
        var target = RequestTarget.Of(context.Request);
        var path = target.RawPath.AsSpan(1);
        var slash = path.IndexOf('/');
        var bucket = RequestTarget.Decode(slash < 0 ? path : path[..slash]);
        var key = slash < 0 ? "" : RequestTarget.Decode(path[(slash + 1)..]);
        return new S3Request(context, target, bucket, key, clock);
    }
}
