using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html: no bucket here has ever had versions.</summary>
internal sealed class GetBucketVersioning(ObjectStore store) : IS3Action
{
    public string Name => nameof(GetBucketVersioning);

    public Task RunAsync(S3Request request)
    {
        _ = store.Bucket(request.Bucket);
        return request.WriteXmlAsync(new XmlText().Root("VersioningConfiguration", _ => { }));
    }
}
