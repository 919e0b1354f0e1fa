using System.Globalization;
using Microsoft.Net.Http.Headers;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>A final result does not change until it is processed again, so a client that has it need not get it twice.</summary>
public static class ResultETag
{
    /// <summary>Sets the ETag of a final result.</summary>
    /// <returns>Whether the client has it already, and is to be answered with 304.</returns>
    public static bool IsKnownToClient(HttpContext context, FileRecord file, string representation)
    {
        if (!file.Status.IsFinal() || file.ProcessingTime is not { } finished)
        {
            context.Response.Headers.CacheControl = "no-store";
            return false;
        }

        var etag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{finished.UtcTicks:x}-{representation}\""));
        context.Response.GetTypedHeaders().ETag = etag;
        // Ask each time: a reprocess changes it.
        context.Response.Headers.CacheControl = "no-cache";
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(etag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any));
    }
}
