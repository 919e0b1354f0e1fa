namespace SensorApp.Web.Safety;

/// <summary>Sends the key of the person whose page is being built along to the API: the web has no key of its own.</summary>
internal sealed class ApiKeyHandler(IHttpContextAccessor accessor) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.Contains(ApiKeyCookie.Header) && accessor.HttpContext is { } context && ApiKeyCookie.Read(context) is { } key)
        {
            request.Headers.TryAddWithoutValidation(ApiKeyCookie.Header, key);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
