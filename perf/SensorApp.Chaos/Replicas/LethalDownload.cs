using System.Diagnostics;

namespace SensorApp.Chaos.Replicas;

/// <summary>Ends this process at once, as a crash would, when a file of exactly this size is read from the store.</summary>
internal sealed class LethalDownload(long size) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);

        if (request.Method == HttpMethod.Get && response.Content.Headers.ContentLength == size)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }

        return response;
    }
}
