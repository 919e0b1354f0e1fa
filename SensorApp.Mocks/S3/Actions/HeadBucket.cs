using SensorApp.Mocks.Core.Objects;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html</summary>
internal sealed class HeadBucket(ObjectStore store) : IS3Action
{
    private const string DefaultRegion = "us-east-1";

    public string Name => nameof(HeadBucket);

    public Task RunAsync(S3Request request)
    {
        var bucket = store.Bucket(request.Bucket);
        request.Response.Headers["x-amz-bucket-region"] = bucket.Region.Length > 0 ? bucket.Region : DefaultRegion;
        request.Response.Headers["x-amz-access-point-alias"] = "false";
        request.Response.ContentType = "application/xml";
        return Task.CompletedTask;
    }
}
