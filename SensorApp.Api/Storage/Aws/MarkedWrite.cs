using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static SensorApp.Api.Storage.Aws.FileAttributes;

namespace SensorApp.Api.Storage.Aws;

/// <summary>Markers, and transactions that write them with the records they mark.</summary>
internal sealed class MarkedWrite(IAmazonDynamoDB dynamoDb, string table, DynamoDbCalls calls, TimeProvider clock)
{
    private const string Value = "marker";

    public async Task<bool> TryAddAsync(
        IReadOnlyList<FileRecord> added, IReadOnlyList<FileChange> changed, IReadOnlyList<Marker> markers, CancellationToken cancellationToken)
    {
        var request = new TransactWriteItemsRequest
        {
            // A retry whose first answer was lost carries the same token, and is answered as the first was.
            ClientRequestToken = Guid.NewGuid().ToString(),
            TransactItems =
            [
                .. markers.Select(marker => new TransactWriteItem { Put = PutOf(marker) }),
                .. added.Select(record => new TransactWriteItem { Put = PutOf(record) }),
                .. changed.Select(change => new TransactWriteItem { Update = ChangeExpression.InTransaction(change, table) }),
            ],
        };

        return await calls.RunAsync(() => SendAsync(request, cancellationToken), cancellationToken);
    }

    public async Task<string?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = table, Key = FileItem.Key(key), ConsistentRead = true };
        var answer = await calls.RunAsync(() => dynamoDb.GetItemAsync(request, cancellationToken), cancellationToken);

        // DynamoDB removes expired items within days; until then they are to be passed over.
        return answer.IsItemSet && (answer.Item.Number(ExpiresAt) ?? long.MaxValue) > clock.GetUtcNow().ToUnixTimeSeconds() ? answer.Item.Text(Value) : null;
    }

    private async Task<bool> SendAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.TransactWriteItemsAsync(request, cancellationToken);
            return true;
        }
        catch (TransactionCanceledException cancelled) when (cancelled.CancellationReasons?.Any(reason => reason.Code is "ConditionalCheckFailed" or "TransactionConflict") == true)
        {
            // A conflict means that somebody writes the same marker in this moment: whoever asks looks again.
            return false;
        }
    }

    private Put PutOf(FileRecord record) => new()
    {
        TableName = table,
        Item = FileItem.From(record),
        ConditionExpression = $"attribute_not_exists({FileId})",
    };

    private Put PutOf(Marker marker)
    {
        var item = FileItem.Key(marker.Key);
        item[Value] = AttributeValues.Of(marker.Value);

        if (marker.ExpiresAt is { } expiry)
        {
            item[ExpiresAt] = AttributeValues.Of(expiry.ToUnixTimeSeconds());
        }

        var put = new Put
        {
            TableName = table,
            Item = item,
            ConditionExpression = $"attribute_not_exists({FileId}) OR {ExpiresAt} < :now",
            ExpressionAttributeValues = new() { [":now"] = AttributeValues.Of(clock.GetUtcNow().ToUnixTimeSeconds()) },
        };

        if (marker.Replaces is { } replaced)
        {
            put.ConditionExpression += $" OR {Value} = :replaced";
            put.ExpressionAttributeValues[":replaced"] = AttributeValues.Of(replaced);
        }

        return put;
    }
}
