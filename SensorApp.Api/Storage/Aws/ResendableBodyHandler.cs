using SensorApp.Api.Storage.Aws.Signing;

namespace SensorApp.Api.Storage.Aws;

/// <summary>
/// Lets a body be sent again. The SDK's request stream can be read once only, even over memory, so a retry would fail with
/// "already consumed" and hide the reason for it. Stands outside the resilience handler; bodies are one part at most.
/// </summary>
internal sealed class ResendableBodyHandler(long maxBytes) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // What is in memory already can be sent again as it is: a copy of many records at once would be a large object.
        if (request.Content is { } content and not (SequenceContent or ReadOnlyMemoryContent))
        {
            await content.LoadIntoBufferAsync(maxBytes, cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
