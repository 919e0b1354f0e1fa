using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace SensorApp.Api.Storage.Aws;

/// <summary>Turns everything that a call to DynamoDB can throw into this application's exceptions.</summary>
internal static class DynamoDbFailures
{
    public static MetadataStorageException Translate(Exception exception, string table) => exception switch
    {
        ResourceNotFoundException => new DynamoDbResourceNotFoundException($"DynamoDB has no table '{table}', or it has not the indexes this needs.", exception),
        ConditionalCheckFailedException => new DynamoDbConditionFailedException($"DynamoDB refused a conditional write to table '{table}'.", exception),
        ProvisionedThroughputExceededException or RequestLimitExceededException or AmazonDynamoDBException { ErrorCode: "ThrottlingException" } =>
            new DynamoDbThrottledException($"DynamoDB throttles calls to table '{table}'.", exception),
        AmazonDynamoDBException { ErrorCode: "ValidationException" or "SerializationException" or "ItemCollectionSizeLimitExceededException" } =>
            new DynamoDbRequestRefusedException($"DynamoDB refused a call to table '{table}': {exception.Message}", exception),
        AmazonDynamoDBException failure => new MetadataStorageException($"DynamoDB answered {failure.ErrorCode} ({(int)failure.StatusCode}) for table '{table}': {failure.Message}", exception),
        _ => new MetadataStorageException($"DynamoDB could not be reached for table '{table}': {exception.Message}", exception),
    };
}
