using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static SensorApp.Api.Storage.Aws.FileAttributes;

namespace SensorApp.Api.Storage.Aws;

/// <summary>Records as items of one DynamoDB table.</summary>
/// <param name="dynamoDb">For all work: retries, within limits.</param>
/// <param name="probe">For <see cref="CheckAsync"/>: one try, unaffected by an open circuit.</param>
/// <param name="table">The table.</param>
/// <param name="options">How it is written to.</param>
/// <param name="clock">Tells where the list of files begins.</param>
internal sealed class DynamoDbMetadataStore(IAmazonDynamoDB dynamoDb, IAmazonDynamoDB probe, string table, TableOptions options, TimeProvider clock) : IMetadataStore
{
    private static readonly TimeSpan FirstUnprocessedPause = TimeSpan.FromMilliseconds(50);

    private readonly DynamoDbCalls _calls = new(table);
    private readonly ListedMonths _months = new(dynamoDb, table);
    private readonly CombinedWrites _combined = new(dynamoDb, options.MostWritesTogether);

    private MarkedWrite Marked => new(dynamoDb, table, _calls, clock);

    public async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        await _calls.RunAsync(
            async () =>
            {
                try
                {
                    await dynamoDb.CreateTableAsync(FileTable.Definition(table), cancellationToken);
                    await dynamoDb.UpdateTimeToLiveAsync(FileTable.Expiry(table), cancellationToken);
                }
                catch (ResourceInUseException)
                {
                    // Another replica, or an earlier run, was first.
                }

                return true;
            },
            cancellationToken);
        _months.Forget();
    }

    public Task CheckAsync(CancellationToken cancellationToken) => _calls.RunAsync(
        async () =>
        {
            var answer = await probe.DescribeTableAsync(table, cancellationToken);
            return answer.Table.TableStatus == TableStatus.ACTIVE || answer.Table.TableStatus == TableStatus.UPDATING
                ? true
                : throw new MetadataStorageException($"DynamoDB table '{table}' is {answer.Table.TableStatus}, not active.");
        },
        cancellationToken);

    public async Task AddAsync(FileRecord record, CancellationToken cancellationToken)
    {
        await _calls.RunAsync(() => _months.AddAsync(record.UploadTime, cancellationToken), cancellationToken);
        var item = FileItem.From(record);
        // Without it, a retry of a write whose answer was lost could undo what another replica has done since.
        const string IsNew = $"attribute_not_exists({FileId})";

        await _calls.RunAsync(
            () => _combined.RunAsync(
                () => new TransactWriteItem { Put = new Put { TableName = table, Item = item, ConditionExpression = IsNew } },
                () => _calls.TryAsync(
                    () => dynamoDb.PutItemAsync(new PutItemRequest { TableName = table, Item = item, ConditionExpression = IsNew }, cancellationToken), cancellationToken),
                cancellationToken),
            cancellationToken);
    }

    public async Task<bool> TryAddAsync(
        IReadOnlyList<FileRecord> added, IReadOnlyList<FileChange> changed, IReadOnlyList<Marker> markers, CancellationToken cancellationToken)
    {
        foreach (var uploadTime in added.Select(record => record.UploadTime).Concat(changed.Select(change => change.UploadTime).OfType<DateTimeOffset>()))
        {
            await _calls.RunAsync(() => _months.AddAsync(uploadTime, cancellationToken), cancellationToken);
        }

        return await Marked.TryAddAsync(added, changed, markers, cancellationToken);
    }

    public Task<string?> FindMarkerAsync(string key, CancellationToken cancellationToken) => Marked.FindAsync(key, cancellationToken);

    public async Task<FileRecord?> FindAsync(string fileId, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = table, Key = FileItem.Key(fileId), ConsistentRead = true };
        var answer = await _calls.RunAsync(() => dynamoDb.GetItemAsync(request, cancellationToken), cancellationToken);
        return answer.IsItemSet ? FileItem.ToRecord(answer.Item) : null;
    }

    public async Task<IReadOnlyList<FileRecord>> FindManyAsync(IReadOnlyCollection<string> fileIds, CancellationToken cancellationToken)
    {
        var found = new List<FileRecord>(fileIds.Count);
        var names = ListingProjection.Append(FileId).Append(UploadTime).Append(LeaseId).Append(LeaseIds).ToList();
        var wanted = new KeysAndAttributes
        {
            Keys = [.. fileIds.Select(FileItem.Key)],
            ConsistentRead = true,
            ExpressionAttributeNames = names.ToDictionary(name => "#" + name, name => name),
            ProjectionExpression = string.Join(", ", names.Select(name => "#" + name)),
        };

        for (var pause = FirstUnprocessedPause; wanted is { Keys.Count: > 0 }; pause *= 2)
        {
            var request = new BatchGetItemRequest { RequestItems = new() { [table] = wanted } };
            var answer = await _calls.RunAsync(() => dynamoDb.BatchGetItemAsync(request, cancellationToken), cancellationToken);
            found.AddRange(answer.Responses[table].Select(FileItem.ToRecord));
            wanted = answer.UnprocessedKeys?.GetValueOrDefault(table);

            // Left over because of a limit of the service, which only time lifts.
            if (wanted is { Keys.Count: > 0 })
            {
                await Task.Delay(pause, clock, cancellationToken);
            }
        }

        return found;
    }

    public async Task<FileRecord?> TryChangeAsync(FileChange change, CancellationToken cancellationToken)
    {
        if (change.UploadTime is { } uploadTime)
        {
            await _calls.RunAsync(() => _months.AddAsync(uploadTime, cancellationToken), cancellationToken);
        }

        return await ChangeAsync(change, ReturnValue.ALL_NEW, cancellationToken) is { } attributes ? FileItem.ToRecord(attributes) : null;
    }

    public Task<bool> TryFinishAsync(FileChange change, CancellationToken cancellationToken) => _calls.RunAsync(
        () => _combined.RunAsync(
            () => new TransactWriteItem { Update = ChangeExpression.InTransaction(change, table) },
            async () => await ChangeAsync(change, ReturnValue.NONE, cancellationToken) is not null,
            cancellationToken),
        cancellationToken);

    public async Task<bool> TryRemoveAsync(string fileId, FileStatus whenStatus, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = table,
            Key = FileItem.Key(fileId),
            ConditionExpression = $"attribute_not_exists({FileId}) OR #status = :status",
            ExpressionAttributeNames = new() { ["#status"] = Status },
            ExpressionAttributeValues = new() { [":status"] = AttributeValues.Of(whenStatus.ToName()) },
        };
        return await _calls.TryAsync(() => dynamoDb.DeleteItemAsync(request, cancellationToken), cancellationToken);
    }

    public Task<bool> TryTakeTurnAsync(string task, TimeSpan every, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = FileItem.Key("turn#" + task),
            UpdateExpression = "SET taken_at = :now",
            ConditionExpression = $"attribute_not_exists({FileId}) OR taken_at <= :before",
            ExpressionAttributeValues = new() { [":now"] = AttributeValues.Of(now), [":before"] = AttributeValues.Of(now - every) },
        };
        return _calls.TryAsync(() => dynamoDb.UpdateItemAsync(request, cancellationToken), cancellationToken);
    }

    public async Task<IReadOnlyList<DueFile>> FindDueAsync(int shard, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = table,
            IndexName = DueIndex,
            KeyConditionExpression = $"{DueShard} = :shard AND {DueAt} <= :now",
            ExpressionAttributeValues = new() { [":shard"] = AttributeValues.Of(shard), [":now"] = AttributeValues.Of(now) },
            Limit = limit,
        };
        var answer = await _calls.RunAsync(() => dynamoDb.QueryAsync(request, cancellationToken), cancellationToken);
        return [.. (answer.Items ?? []).Select(FileItem.ToDueFile)];
    }

    public IAsyncEnumerable<FileRecord> ListAsync(ListPosition? after, CancellationToken cancellationToken) =>
        new FileListing(dynamoDb, table, _calls, _months).ReadAsync(after, clock.GetUtcNow(), cancellationToken);

    /// <returns>What was asked for, or the item as it stands where an earlier attempt made the change; null when a condition did not hold.</returns>
    private async Task<Dictionary<string, AttributeValue>?> ChangeAsync(FileChange change, ReturnValue returned, CancellationToken cancellationToken)
    {
        var request = ChangeExpression.For(change, table);
        request.ReturnValues = returned;
        request.ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD;

        try
        {
            var answer = await _calls.RunAsync(() => dynamoDb.UpdateItemAsync(request, cancellationToken), cancellationToken);
            return answer.Attributes ?? [];
        }
        catch (DynamoDbConditionFailedException failure)
        {
            var stands = (failure.InnerException as ConditionalCheckFailedException)?.Item;
            return stands is { Count: > 0 } && AppliedChange.IsIn(FileItem.ToRecord(stands), change) ? stands : null;
        }
    }
}
