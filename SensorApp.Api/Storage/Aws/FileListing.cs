using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static SensorApp.Api.Storage.Aws.FileAttributes;

namespace SensorApp.Api.Storage.Aws;

/// <summary>Reads the listing index newest first: month by month, the shards of a month merged.</summary>
internal sealed class FileListing(IAmazonDynamoDB dynamoDb, string table, DynamoDbCalls calls, ListedMonths months)
{
    private const int PageSize = 50;

    // A replica whose clock is ahead may have listed files in what is still the future here.
    private static readonly TimeSpan ClockAllowance = TimeSpan.FromDays(1);

    public async IAsyncEnumerable<FileRecord> ReadAsync(ListPosition? after, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var newest = after?.UploadTime ?? now + ClockAllowance;

        foreach (var month in await calls.RunAsync(() => months.UpToAsync(newest, cancellationToken), cancellationToken))
        {
            var shards = Enumerable.Range(0, ListingShard.Count)
                .Select(shard => ReadShardAsync(ListingShard.Of(month, shard), newest, cancellationToken).GetAsyncEnumerator(cancellationToken));

            await foreach (var record in MergeAsync([.. shards]))
            {
                if (after is null || ComesAfter(record, after))
                {
                    yield return record;
                }
            }
        }
    }

    private static async IAsyncEnumerable<FileRecord> MergeAsync(IAsyncEnumerator<FileRecord>[] shards)
    {
        try
        {
            var started = await Task.WhenAll(shards.Select(async shard => (Shard: shard, HasMore: await shard.MoveNextAsync())));
            var open = started.Where(shard => shard.HasMore).Select(shard => shard.Shard).ToList();

            while (open.Count > 0)
            {
                var newest = open.MaxBy(shard => (shard.Current.UploadTime, shard.Current.FileId))!; // open is not empty
                yield return newest.Current;

                if (!await newest.MoveNextAsync())
                {
                    open.Remove(newest);
                }
            }
        }
        finally
        {
            foreach (var shard in shards)
            {
                await shard.DisposeAsync();
            }
        }
    }

    private static bool ComesAfter(FileRecord record, ListPosition position) =>
        record.UploadTime < position.UploadTime
        || (record.UploadTime == position.UploadTime && string.CompareOrdinal(record.FileId, position.FileId) < 0);

    private async IAsyncEnumerable<FileRecord> ReadShardAsync(string key, DateTimeOffset newest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = table,
            IndexName = ListingIndex,
            KeyConditionExpression = $"#key = :key AND {UploadTime} <= :newest",
            ExpressionAttributeNames = new() { ["#key"] = ListingKey },
            ExpressionAttributeValues = new() { [":key"] = AttributeValues.Of(key), [":newest"] = AttributeValues.Of(newest) },
            ScanIndexForward = false,
            Limit = PageSize,
        };

        do
        {
            var page = await calls.RunAsync(() => dynamoDb.QueryAsync(request, cancellationToken), cancellationToken);

            foreach (var item in page.Items ?? [])
            {
                yield return FileItem.ToRecord(item);
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }
}
