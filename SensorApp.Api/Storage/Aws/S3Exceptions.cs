namespace SensorApp.Api.Storage.Aws;

public sealed class S3BucketNotFoundException(string message, Exception inner) : BlobStorageException(message, inner)
{
    public override bool IsStoreMissing => true;
}

/// <summary>The object is not there. Trying again does not bring it back.</summary>
public sealed class S3ObjectNotFoundException(string message, Exception inner) : BlobNotFoundException(message, inner);

/// <summary>The object is no longer the version that a read began with.</summary>
public sealed class S3PreconditionFailedException(string message, Exception inner) : BlobStorageException(message, inner);

public sealed class S3ThrottledException(string message, Exception inner) : BlobStorageException(message, inner);
