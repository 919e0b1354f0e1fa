using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html</summary>
internal sealed class HeadObject(ObjectStore store) : IS3Action
{
    public string Name => nameof(HeadObject);

    public Task RunAsync(S3Request request)
    {
        VersionId.Check(request);
        ObjectHead.Write(request, store.Find(request.Bucket, request.Key));
        return Task.CompletedTask;
    }
}
