using System.Collections.Frozen;

namespace SensorApp.Mocks.S3;

internal enum S3Scope
{
    Service,
    Bucket,
    Object,
}

/// <param name="Parameter">A query parameter that must be there; null when none must.</param>
/// <param name="Value">The value that it must have; null when any will do.</param>
/// <param name="Header">A header that must be there; null when none must.</param>
internal sealed record S3Route(S3Scope Scope, string Method, string Operation, string? Parameter = null, string? Value = null, string? Header = null);

/// <summary>
/// The operations of S3 by what tells them apart on the wire, supported or not: an operation that is not supported must be
/// recognised, or it would be taken for another (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html).
/// </summary>
internal static class S3Routes
{
    /// <summary>An upload by a form with a policy.</summary>
    public const string PostObject = nameof(PostObject);

    private const string CopySource = "x-amz-copy-source";

    /// <summary>Configurations of a bucket that have the same three or two operations each.</summary>
    private static readonly (string Parameter, string Name, bool Deletable)[] Configurations =
    [
        ("acl", "BucketAcl", false), ("policy", "BucketPolicy", true), ("cors", "BucketCors", true), ("website", "BucketWebsite", true),
        ("lifecycle", "BucketLifecycleConfiguration", true), ("versioning", "BucketVersioning", false), ("tagging", "BucketTagging", true),
        ("encryption", "BucketEncryption", true), ("replication", "BucketReplication", true), ("logging", "BucketLogging", false),
        ("notification", "BucketNotificationConfiguration", false), ("accelerate", "BucketAccelerateConfiguration", false),
        ("requestPayment", "BucketRequestPayment", false), ("ownershipControls", "BucketOwnershipControls", true),
        ("publicAccessBlock", "PublicAccessBlock", true), ("object-lock", "ObjectLockConfiguration", false),
        ("analytics", "BucketAnalyticsConfiguration", true), ("inventory", "BucketInventoryConfiguration", true),
        ("metrics", "BucketMetricsConfiguration", true), ("intelligent-tiering", "BucketIntelligentTieringConfiguration", true),
    ];

    /// <summary>The first that fits is meant: the more particular ones come first.</summary>
    public static IReadOnlyList<S3Route> All { get; } =
    [
        .. Configurations.Select(item => new S3Route(S3Scope.Bucket, "GET", "Get" + item.Name, item.Parameter)),
        .. Configurations.Select(item => new S3Route(S3Scope.Bucket, "PUT", "Put" + item.Name, item.Parameter)),
        .. Configurations.Where(item => item.Deletable).Select(item => new S3Route(S3Scope.Bucket, "DELETE", "Delete" + item.Name, item.Parameter)),
        new(S3Scope.Bucket, "GET", "GetBucketPolicyStatus", "policyStatus"),
        new(S3Scope.Bucket, "GET", "GetBucketLocation", "location"),
        new(S3Scope.Bucket, "GET", "ListMultipartUploads", "uploads"),
        new(S3Scope.Bucket, "GET", "ListObjectVersions", "versions"),
        new(S3Scope.Bucket, "GET", "ListObjectsV2", "list-type", "2"),
        new(S3Scope.Bucket, "GET", "ListObjects"),
        new(S3Scope.Bucket, "HEAD", "HeadBucket"),
        new(S3Scope.Bucket, "PUT", "CreateBucket"),
        new(S3Scope.Bucket, "DELETE", "DeleteBucket"),
        new(S3Scope.Bucket, "POST", "DeleteObjects", "delete"),
        new(S3Scope.Bucket, "POST", PostObject),
        new(S3Scope.Service, "GET", "ListBuckets"),
        new(S3Scope.Object, "GET", "GetObjectAcl", "acl"),
        new(S3Scope.Object, "PUT", "PutObjectAcl", "acl"),
        new(S3Scope.Object, "GET", "GetObjectTagging", "tagging"),
        new(S3Scope.Object, "PUT", "PutObjectTagging", "tagging"),
        new(S3Scope.Object, "DELETE", "DeleteObjectTagging", "tagging"),
        new(S3Scope.Object, "GET", "GetObjectTorrent", "torrent"),
        new(S3Scope.Object, "GET", "GetObjectRetention", "retention"),
        new(S3Scope.Object, "PUT", "PutObjectRetention", "retention"),
        new(S3Scope.Object, "GET", "GetObjectLegalHold", "legal-hold"),
        new(S3Scope.Object, "PUT", "PutObjectLegalHold", "legal-hold"),
        new(S3Scope.Object, "PUT", "RenameObject", "renameObject"),
        new(S3Scope.Object, "POST", "RestoreObject", "restore"),
        new(S3Scope.Object, "POST", "SelectObjectContent", "select"),
        new(S3Scope.Object, "GET", "GetObjectAttributes", "attributes"),
        new(S3Scope.Object, "GET", "ListParts", "uploadId"),
        new(S3Scope.Object, "GET", "GetObject"),
        new(S3Scope.Object, "HEAD", "HeadObject"),
        new(S3Scope.Object, "PUT", "UploadPartCopy", "partNumber", Header: CopySource),
        new(S3Scope.Object, "PUT", "UploadPart", "partNumber"),
        new(S3Scope.Object, "PUT", "CopyObject", Header: CopySource),
        new(S3Scope.Object, "PUT", "PutObject"),
        new(S3Scope.Object, "DELETE", "AbortMultipartUpload", "uploadId"),
        new(S3Scope.Object, "DELETE", "DeleteObject"),
        new(S3Scope.Object, "POST", "CreateMultipartUpload", "uploads"),
        new(S3Scope.Object, "POST", "CompleteMultipartUpload", "uploadId"),
    ];

    private static readonly FrozenDictionary<string, S3Route[]>[] ByMethod = [.. Enum.GetValues<S3Scope>().Select(scope =>
        All.Where(route => route.Scope == scope).GroupBy(route => route.Method).ToFrozenDictionary(group => group.Key, group => group.ToArray()))];

    /// <returns>AWS's name of the operation; empty when the method means nothing here.</returns>
    public static string Find(S3Request request)
    {
        var scope = request.Bucket.Length == 0 ? S3Scope.Service : request.Key.Length == 0 ? S3Scope.Bucket : S3Scope.Object;

        foreach (var route in ByMethod[(int)scope].GetValueOrDefault(request.Http.Method, []))
        {
            if (Fits(route, request))
                return route.Operation;
        }

        return "";
    }

    private static bool Fits(S3Route route, S3Request request) =>
        (route.Parameter is null || (request.Target.Find(route.Parameter) is { } value && (route.Value is null || route.Value == value)))
        && (route.Header is null || request.Header(route.Header) is not null);
}
