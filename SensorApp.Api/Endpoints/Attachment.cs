using Microsoft.Net.Http.Headers;

namespace SensorApp.Api.Endpoints;

/// <summary>The headers that make a browser save an answer instead of showing it.</summary>
public static class Attachment
{
    /// <summary>The type of bytes that came from outside: a browser has nothing to show it with.</summary>
    public const string ContentType = "application/octet-stream";

    /// <summary>Content-Disposition for a name from outside: encoded as RFC 6266 says, and without its folders.</summary>
    public static string Named(string name)
    {
        var header = new ContentDispositionHeaderValue("attachment");
        header.SetHttpFileName(name[(name.LastIndexOf('/') + 1)..]);
        return header.ToString();
    }

    /// <summary>Should a browser show it after all, then nothing in it runs.</summary>
    public static void RunsNothing(HttpResponse response) => response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
}
