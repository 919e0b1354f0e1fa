using SensorApp.Mocks.Core.Objects;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>The bucket or object whose access list is meant.</summary>
internal static class AclTarget
{
    /// <exception cref="ObjectStoreException">NoSuchBucket, NoSuchKey</exception>
    public static void Check(ObjectStore store, S3Request request)
    {
        _ = store.Bucket(request.Bucket);

        if (request.Key.Length > 0)
            _ = store.Find(request.Bucket, request.Key);
    }
}
