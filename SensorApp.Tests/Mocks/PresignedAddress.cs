using Amazon.S3;
using Amazon.S3.Model;

namespace SensorApp.Tests.Mocks;

internal static class PresignedAddress
{
    /// <summary>An address that carries its signature, good for ten minutes: for requests that no SDK makes.</summary>
    public static Uri Presign(this AmazonS3Client s3, string bucket, string key, HttpVerb verb = HttpVerb.GET) => new(s3.GetPreSignedURL(new GetPreSignedUrlRequest
    {
        BucketName = bucket,
        Key = key,
        Verb = verb,
        Protocol = Protocol.HTTP,
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(10),
    }));
}
