using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html</summary>
internal sealed class HeadBucket(ObjectStore store) : IS3Action
{
    public string Name => nameof(HeadBucket);

    public Task RunAsync(S3Request request)
    {
        BucketAnswers.WriteRegion(request.Response, store.Bucket(request.Bucket));
        BucketAnswers.WriteArn(request.Response, request.Bucket);
        request.Response.Headers["x-amz-access-point-alias"] = "false";
        request.Response.ContentType = "application/xml";
        return Task.CompletedTask;
    }
}
