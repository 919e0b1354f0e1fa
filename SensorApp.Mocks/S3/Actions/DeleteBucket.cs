using SensorApp.Mocks.Core.Objects;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html</summary>
internal sealed class DeleteBucket(ObjectStore store, UploadStore uploads) : IS3Action
{
    public string Name => nameof(DeleteBucket);

    public async Task RunAsync(S3Request request)
    {
        await store.DeleteBucketAsync(request.Bucket);
        await uploads.AbortAllAsync(request.Bucket);
        request.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
