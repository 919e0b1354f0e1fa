using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html</summary>
internal sealed class GetBucketLocation(ObjectStore store) : IS3Action
{
    public string Name => nameof(GetBucketLocation);

    public Task RunAsync(S3Request request)
    {
        var region = store.Bucket(request.Bucket).Region;
        return request.WriteXmlAsync(new XmlText().Root("LocationConstraint", xml => xml.Text(region)));
    }
}
