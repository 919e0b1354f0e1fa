namespace SensorApp.Api.Storage.Aws;

public sealed class DynamoDbResourceNotFoundException(string message, Exception inner) : MetadataStorageException(message, inner)
{
    public override bool IsStoreMissing => true;
}

/// <summary>A condition did not hold where the caller expected it to: another writer was there first.</summary>
public sealed class DynamoDbConditionFailedException(string message, Exception inner) : MetadataStorageException(message, inner);

public sealed class DynamoDbThrottledException(string message, Exception inner) : MetadataStorageException(message, inner);

/// <summary>The call itself is at fault, so sending it again is of no use.</summary>
public sealed class DynamoDbRequestRefusedException(string message, Exception inner) : MetadataStorageException(message, inner)
{
    public override bool IsTransient => false;
}
