using SensorApp.Web.Api;
using SensorApp.Web.Forwarding;
using SensorApp.Web.Safety;

namespace SensorApp.Web.Presentation;

/// <summary>Lines for a shell that ask the API what a page shows.</summary>
/// <param name="request">The page's own request: the line leads to the same host.</param>
/// <param name="resource">Path below the API's prefix, in front of every line's own.</param>
internal sealed class CurlLine(HttpRequest request, string resource)
{
    // The key itself stays out of the page: the shell is to put it in.
    private readonly string key = ApiKeyCookie.Read(request.HttpContext) is null ? "" : $"-H \"{ApiKeyCookie.Header}: $SENSORAPP_KEY\" ";

    /// <summary>Query values are percent-encoded, quotes too: nothing of them reaches the shell.</summary>
    public string For(string path, params IEnumerable<(string Name, string? Value)> query) =>
        $"curl {key}{Address(path, query)}";

    /// <summary>One line that asks once for each of the values.</summary>
    public string ForEach(string path, IEnumerable<(string Name, string Value)> values) =>
        $"curl {key}{string.Join(' ', values.Select(pair => Address(path, [pair])))}";

    private string Address(string path, IEnumerable<(string Name, string? Value)> query) =>
        $"'{request.Scheme}://{request.Host}{ApiForwarding.Prefix}/{resource}{path}{QueryText.Of(query)}'";
}
