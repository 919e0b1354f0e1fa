using System.Net;
using Amazon.S3;

namespace SensorApp.Api.Storage.Aws;

/// <summary>Turns everything that a call to S3 can throw into this application's exceptions.</summary>
internal static class S3Failures
{
    public static BlobStorageException Translate(Exception exception, string bucket, string? key)
    {
        var subject = key is null ? $"bucket '{bucket}'" : $"'{key}' in bucket '{bucket}'";
        return exception switch
        {
            AmazonS3Exception { ErrorCode: "NoSuchBucket" } => new S3BucketNotFoundException($"S3 has no bucket '{bucket}'.", exception),
            AmazonS3Exception { StatusCode: HttpStatusCode.NotFound } when key is null => new S3BucketNotFoundException($"S3 has no bucket '{bucket}'.", exception),
            AmazonS3Exception { StatusCode: HttpStatusCode.NotFound } => new S3ObjectNotFoundException($"S3 has no {subject}.", exception),
            AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed } => new S3PreconditionFailedException($"S3's version of {subject} has changed.", exception),
            AmazonS3Exception { ErrorCode: "SlowDown" or "ThrottlingException" or "RequestLimitExceeded" } or AmazonS3Exception { StatusCode: HttpStatusCode.TooManyRequests } =>
                new S3ThrottledException($"S3 throttles calls for {subject}.", exception),
            AmazonS3Exception failure => new BlobStorageException($"S3 answered {failure.ErrorCode} ({(int)failure.StatusCode}) for {subject}: {failure.Message}", exception),
            _ => new BlobStorageException($"S3 could not be reached for {subject}: {exception.Message}", exception),
        };
    }
}
