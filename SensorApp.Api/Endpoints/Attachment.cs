using Microsoft.Net.Http.Headers;

namespace SensorApp.Api.Endpoints;

/// <summary>The header that makes a browser save an answer instead of showing it.</summary>
public static class Attachment
{
    /// <summary>Content-Disposition for a name from outside: encoded as RFC 6266 says, and without its folders.</summary>
    public static string Named(string name)
    {
        var header = new ContentDispositionHeaderValue("attachment");
        header.SetHttpFileName(name[(name.LastIndexOf('/') + 1)..]);
        return header.ToString();
    }
}
