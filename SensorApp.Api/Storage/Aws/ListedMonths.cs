using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace SensorApp.Api.Storage.Aws;

/// <summary>The months in which files were uploaded, kept in one item beside the files, so that a list knows where to stop. Costs a write a month and replica.</summary>
internal sealed class ListedMonths(IAmazonDynamoDB dynamoDb, string table)
{
    private const string ItemId = "listing#months";
    private const string Months = "months";

    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);

    /// <summary>Makes sure that the month of this time is known.</summary>
    public async Task<bool> AddAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var month = ListingShard.MonthOf(time);

        if (!_written.ContainsKey(month))
        {
            await dynamoDb.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table,
                    Key = FileItem.Key(ItemId),
                    UpdateExpression = $"ADD {Months} :month",
                    ExpressionAttributeValues = new() { [":month"] = new AttributeValue { SS = [month] } },
                },
                cancellationToken);
            _written[month] = true;
        }

        return true;
    }

    /// <summary>Months up to the given one, latest first.</summary>
    public async Task<IReadOnlyList<string>> UpToAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var latest = ListingShard.MonthOf(time);
        var request = new GetItemRequest { TableName = table, Key = FileItem.Key(ItemId), ConsistentRead = true };
        var answer = await dynamoDb.GetItemAsync(request, cancellationToken);
        IEnumerable<string> months = answer.IsItemSet ? answer.Item[Months].SS : [];
        return [.. months.Where(month => string.CompareOrdinal(month, latest) <= 0).OrderDescending(StringComparer.Ordinal)];
    }

    /// <summary>The table is new: what was written before is gone.</summary>
    public void Forget() => _written.Clear();
}
