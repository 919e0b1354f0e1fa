using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>Access lists are off, so only the canned ones that leave everything with the owner are accepted.</summary>
/// <param name="name"><c>PutBucketAcl</c> or <c>PutObjectAcl</c>.</param>
internal sealed class PutAcl(ObjectStore store, string name) : IS3Action
{
    public string Name => name;

    public Task RunAsync(S3Request request)
    {
        AclTarget.Check(store, request);
        AttributeHeaders.CheckAcl(request);
        return request.Header("x-amz-acl") is not null ? Task.CompletedTask : throw new S3Exception("AccessControlListNotSupported");
    }
}
