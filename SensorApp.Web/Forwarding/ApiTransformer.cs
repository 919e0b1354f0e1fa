using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using SensorApp.Web.Api;
using SensorApp.Web.Safety;
using Yarp.ReverseProxy.Forwarder;

namespace SensorApp.Web.Forwarding;

/// <summary>What changes between the browser's request and the API's, and between the API's answer and the browser's.</summary>
internal sealed class ApiTransformer : HttpTransformer
{
    // Answers to uploads are a few hundred bytes a file; a form carries at most some thousand files.
    private const long MaxAnswerBytes = 8 * 1024 * 1024;

    // The web has checked the origin, and the API would take this one for foreign; cookies are between browser and web.
    private static readonly string[] KeptBack = [HeaderNames.Origin, HeaderNames.Cookie, HeaderNames.Referer, "Sec-Fetch-Site"];

    public override async ValueTask TransformRequestAsync(HttpContext context, HttpRequestMessage request, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(context, request, destinationPrefix, cancellationToken);
        context.Request.Path.StartsWithSegments(ApiForwarding.Prefix, out var path);
        request.RequestUri = RequestUtilities.MakeDestinationAddress(destinationPrefix, path, context.Request.QueryString);
        request.Headers.Host = null;

        foreach (var header in KeptBack)
        {
            request.Headers.Remove(header);
        }

        request.Headers.Remove("X-Forwarded-For");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString());

        if (!request.Headers.Contains(ApiKeyCookie.Header) && ApiKeyCookie.Read(context) is { } key)
        {
            request.Headers.TryAddWithoutValidation(ApiKeyCookie.Header, key);
        }
    }

    /// <returns>False for a form post: its answer is read here and becomes a redirect or a page.</returns>
    public override async ValueTask<bool> TransformResponseAsync(HttpContext context, HttpResponseMessage? response, CancellationToken cancellationToken)
    {
        if (response is null || context.Features.Get<FormPost>() is not { } post)
        {
            return await base.TransformResponseAsync(context, response, cancellationToken);
        }

        if (response.IsSuccessStatusCode)
        {
            post.Answer = await ReadAsync(response, ApiJson.Default.UploadAnswer, cancellationToken);
        }
        else
        {
            post.Problem = await ReadAsync(response, ApiJson.Default.ApiProblem, cancellationToken);
        }

        return false;
    }

    /// <summary>Null when the answer is not the JSON expected, as when a proxy answered in the API's place.</summary>
    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken);
            return await JsonSerializer.DeserializeAsync(await response.Content.ReadAsStreamAsync(cancellationToken), type, cancellationToken);
        }
        catch (Exception failure) when (failure is JsonException or HttpRequestException)
        {
            return null;
        }
    }
}
