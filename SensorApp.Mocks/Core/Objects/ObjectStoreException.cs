namespace SensorApp.Mocks.Core.Objects;

/// <summary>Why the store refuses. The names are S3's error codes.</summary>
public enum ObjectFault
{
    NoSuchBucket,
    NoSuchKey,
    NoSuchUpload,
    BucketAlreadyOwnedByYou,
    BucketNotEmpty,
    PreconditionFailed,
    ConditionalRequestConflict,
    NotModified,
    InvalidPart,
    InvalidPartOrder,
    EntityTooSmall,
    BadDigest,
    InvalidRequest,
    OperationAborted,
}

/// <summary>The store refuses; nothing was changed.</summary>
/// <param name="subject">The bucket, key, upload or condition concerned; empty when it is plain.</param>
public class ObjectStoreException(ObjectFault fault, string subject = "", string? message = null)
    : Exception(message ?? $"{fault}: {subject}")
{
    public ObjectFault Fault => fault;

    public string Subject => subject;

    /// <summary>Set when there is more to say than the fault's usual message.</summary>
    public string? Explanation => message;
}
