using Amazon.Runtime;
using Polly;

namespace SensorApp.Api.Storage.Aws;

/// <summary>What calls through the SDK and the resilience handler throw when the cloud is at fault.</summary>
internal static class CloudFailures
{
    /// <summary>Whether the failure is the cloud's; a cancelled caller is not.</summary>
    public static bool Include(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AmazonServiceException or AmazonClientException or HttpRequestException or IOException or ExecutionRejectedException => true,
        _ => false,
    };
}
