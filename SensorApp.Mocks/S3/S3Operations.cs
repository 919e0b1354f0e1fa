using System.Collections.Frozen;
using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Actions;

namespace SensorApp.Mocks.S3;

/// <summary>Which operation a request means, and the action that performs it, if there is one.</summary>
internal sealed class S3Operations
{
    private readonly FrozenDictionary<string, IS3Action> _actions;

    public S3Operations(ObjectStore store, UploadStore uploads, TimeProvider clock) => _actions = new IS3Action[]
    {
        new ListBuckets(store),
        new CreateBucket(store), new HeadBucket(store), new DeleteBucket(store, uploads), new GetBucketLocation(store), new GetBucketVersioning(store),
        new GetAcl(store, "GetBucketAcl"), new PutAcl(store, "PutBucketAcl"), new GetAcl(store, "GetObjectAcl"), new PutAcl(store, "PutObjectAcl"),
        new ListObjects(store), new ListObjectsV2(store), new ListObjectVersions(store),
        new PutObject(store, clock), new GetObject(store), new HeadObject(store), new DeleteObject(store), new DeleteObjects(store),
        new CopyObject(store, clock), new GetObjectAttributes(store),
        new CreateMultipartUpload(uploads, clock), new UploadPart(store, uploads, clock), new UploadPartCopy(store, uploads, clock),
        new CompleteMultipartUpload(uploads), new AbortMultipartUpload(uploads), new ListParts(uploads), new ListMultipartUploads(uploads),
        new AbsentConfiguration(store, "GetBucketPolicy", "NoSuchBucketPolicy"),
        new AbsentConfiguration(store, "GetBucketCors", "NoSuchCORSConfiguration"),
        new AbsentConfiguration(store, "GetBucketLifecycleConfiguration", "NoSuchLifecycleConfiguration"),
        new AbsentConfiguration(store, "GetBucketWebsite", "NoSuchWebsiteConfiguration"),
        new AbsentConfiguration(store, "GetPublicAccessBlock", "NoSuchPublicAccessBlockConfiguration"),
        new AbsentConfiguration(store, "GetObjectLockConfiguration", "ObjectLockConfigurationNotFoundError"),
        new AbsentConfiguration(store, "GetBucketReplication", "ReplicationConfigurationNotFoundError"),
    }.ToFrozenDictionary(action => action.Name, StringComparer.Ordinal);

    /// <summary>Every operation with an action.</summary>
    public IEnumerable<string> Supported => _actions.Keys;

    /// <exception cref="S3Exception">NotImplemented, MethodNotAllowed</exception>
    public IS3Action Find(string operation) => _actions.TryGetValue(operation, out var action)
        ? action
        : operation.Length == 0 ? throw new S3Exception("MethodNotAllowed") : throw new S3Exception("NotImplemented", $"{operation} is not implemented by this stand-in for S3.");
}
