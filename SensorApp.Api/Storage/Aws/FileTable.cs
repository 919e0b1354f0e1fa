using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static SensorApp.Api.Storage.Aws.FileAttributes;

namespace SensorApp.Api.Storage.Aws;

/// <summary>The definition of the table: one key, two sparse indexes, expiry for the items beside the files.</summary>
internal static class FileTable
{
    public static CreateTableRequest Definition(string table) => new()
    {
        TableName = table,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = [new(FileId, KeyType.HASH)],
        AttributeDefinitions =
        [
            new(FileId, ScalarAttributeType.S),
            new(DueShard, ScalarAttributeType.N),
            new(DueAt, ScalarAttributeType.S),
            new(ListingKey, ScalarAttributeType.S),
            new(UploadTime, ScalarAttributeType.S),
        ],
        GlobalSecondaryIndexes =
        [
            Index(DueIndex, DueShard, DueAt, DueProjection),
            Index(ListingIndex, ListingKey, UploadTime, ListingProjection),
        ],
    };

    public static UpdateTimeToLiveRequest Expiry(string table) => new()
    {
        TableName = table,
        TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = ExpiresAt, Enabled = true },
    };

    private static GlobalSecondaryIndex Index(string name, string hash, string range, List<string> projection) => new()
    {
        IndexName = name,
        KeySchema = [new(hash, KeyType.HASH), new(range, KeyType.RANGE)],
        Projection = new Projection { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = projection },
    };
}
