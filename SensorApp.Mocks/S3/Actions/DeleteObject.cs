using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html</summary>
internal sealed class DeleteObject(ObjectStore store) : IS3Action
{
    public string Name => nameof(DeleteObject);

    public async Task RunAsync(S3Request request)
    {
        VersionId.Check(request);
        await store.DeleteAsync(request.Bucket, request.Key, ConditionHeaders.Delete(request));
        request.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
