using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>The access list of a bucket or an object: always the owner's full control.</summary>
/// <param name="name"><c>GetBucketAcl</c> or <c>GetObjectAcl</c>.</param>
internal sealed class GetAcl(ObjectStore store, string name) : IS3Action
{
    public string Name => name;

    public Task RunAsync(S3Request request)
    {
        AclTarget.Check(store, request);
        return request.WriteXmlAsync(Owner.AccessControlPolicy());
    }
}
