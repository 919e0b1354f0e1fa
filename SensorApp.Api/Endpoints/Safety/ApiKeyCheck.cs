using System.Security.Cryptography;
using System.Text;

namespace SensorApp.Api.Endpoints.Safety;

/// <summary>Lets only requests through that carry one of the configured keys, as <c>X-Api-Key</c> or as a bearer token. Health checks need none.</summary>
public sealed class ApiKeyCheck
{
    public const string Header = "X-Api-Key";

    private const string BearerPrefix = "Bearer ";

    private readonly byte[][] _keyHashes;

    public ApiKeyCheck(IEnumerable<string> keys) => _keyHashes = [.. keys.Select(HashOf)];

    public static string? KeyOf(HttpRequest request)
    {
        var key = request.Headers[Header].ToString();

        if (key.Length == 0 && request.Headers.Authorization.ToString() is var bearer && bearer.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            key = bearer[BearerPrefix.Length..].Trim();
        }

        return key.Length > 0 ? key : null;
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (_keyHashes.Length == 0 || context.Request.Path.Value is "/health" or "/alive" || IsAllowed(KeyOf(context.Request)))
        {
            return next(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        var found = KeyOf(context.Request) is null ? "no API key" : "an API key that is not known here";
        return ApiProblem
            .Of(StatusCodes.Status401Unauthorized, ProblemCodes.ApiKeyRequired, $"Found {found}, expected one of the configured keys in {Header} or as a bearer token.")
            .ExecuteAsync(context);
    }

    /// <summary>Hashes are compared, all of them and in constant time, so that timing tells nothing about a key.</summary>
    private bool IsAllowed(string? key)
    {
        if (key is null)
        {
            return false;
        }

        var hash = HashOf(key);
        return _keyHashes.Aggregate(false, (allowed, known) => allowed | CryptographicOperations.FixedTimeEquals(known, hash));
    }

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
