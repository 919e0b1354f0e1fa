using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

using static SensorApp.Tests.Mocks.DynamoDb.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

public sealed class QueryTests(DynamoServer server)
{
    private AmazonDynamoDBClient Client => server.Client;

    [Theory]
    [InlineData("p = :p", "abcdef")]
    [InlineData("p = :p AND c > :x", "def")]
    [InlineData("p = :p AND c >= :x", "cdef")]
    [InlineData(":x > c AND p = :p", "ab")]
    [InlineData("p = :p AND c <= :x", "abc")]
    [InlineData("p = :p AND c BETWEEN :x AND :y", "cde")]
    [InlineData("p = :p AND begins_with(c, :x)", "c")]
    [InlineData("p = :p AND c = :x", "c")]
    public async Task Query_KeyCondition_SelectsInOrderBothWays(string condition, string expected)
    {
        var table = await FillAsync("abcdef");

        var forward = await ReadAllAsync(table, condition, forward: true, limit: 2);
        var backward = await ReadAllAsync(table, condition, forward: false, limit: 2);

        Assert.Equal(expected, forward);
        Assert.Equal(expected, string.Concat(backward.Reverse()));
    }

    [Theory]
    [InlineData("c = :p", "Query condition missed key schema element: p")]
    [InlineData("p > :p", "Query key condition not supported")]
    [InlineData("p = :p OR c = :p", "Invalid operator used in KeyConditionExpression: OR")]
    [InlineData("p = :p AND c <> :p", "Invalid operator used in KeyConditionExpression: <>")]
    [InlineData("p = :p AND p = :p", "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key")]
    [InlineData("p = :p AND v = :p", "Query condition missed key schema element: c")]
    [InlineData("p = :p AND c = :p AND v = :p", "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)")]
    [InlineData("p = c", "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition")]
    [InlineData("p.q = :p", "KeyConditionExpressions cannot have conditions on nested attributes")]
    public async Task Query_WrongKeyCondition_SaysWhatAwsSays(string condition, string expected)
    {
        var table = await server.CreateTableAsync(withRange: true);

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.QueryAsync(new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = condition,
            ExpressionAttributeValues = condition.Contains(":p", StringComparison.Ordinal) ? Of((":p", S("a"))) : null,
        }, TestContext.Current.CancellationToken));

        Assert.Equal(expected, failure.Message);
    }

    [Fact]
    public async Task Query_LimitAtTheLastItem_StillGivesACursor()
    {
        var table = await FillAsync("ab");

        var exact = await QueryAsync(table, "p = :p", limit: 2);
        var more = await QueryAsync(table, "p = :p", limit: 3);

        Assert.Equal(["c", "p"], exact.LastEvaluatedKey.Keys.Order());
        Assert.True(more.LastEvaluatedKey is null or { Count: 0 });
    }

    [Fact]
    public async Task Query_Filter_CountsWhatWasScanned()
    {
        var table = await FillAsync("abcd");

        var page = await Client.QueryAsync(new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "p = :p",
            FilterExpression = "n >= :n",
            ExpressionAttributeValues = Of((":p", S("x")), (":n", N(2))),
            Limit = 3,
        }, TestContext.Current.CancellationToken);

        Assert.Equal((1, 3), (page.Count, page.ScannedCount));
        Assert.Equal("c", page.LastEvaluatedKey["c"].S);
    }

    [Fact]
    public async Task Query_PagesOfOneMegabyte_HoldEveryItemOnce()
    {
        var table = await server.CreateTableAsync(withRange: true);
        var text = new string('x', 200_000);

        foreach (var c in "abcdefgh")
            await Client.PutItemAsync(table, Of(("p", S("x")), ("c", S(c.ToString())), ("v", S(text))), TestContext.Current.CancellationToken);

        var first = await QueryAsync(table, "p = :p", limit: null);
        var all = await ReadAllAsync(table, "p = :p", forward: true, limit: null);

        // With the sixth item it is more than a megabyte.
        Assert.Equal(6, first.Count);
        Assert.Equal("abcdefgh", all);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task Scan_Segments_CoverTheTableOnce(int segments)
    {
        var table = await server.CreateTableAsync();

        foreach (var i in Enumerable.Range(0, 60))
            await Client.PutItemAsync(table, Of(("p", S($"key{i}"))), TestContext.Current.CancellationToken);

        var seen = new List<string>();

        for (var segment = 0; segment < segments; segment++)
        {
            Dictionary<string, AttributeValue>? start = null;

            do
            {
                var page = await Client.ScanAsync(
                    new ScanRequest { TableName = table, Segment = segment, TotalSegments = segments, Limit = 7, ExclusiveStartKey = start },
                    TestContext.Current.CancellationToken);
                seen.AddRange((page.Items ?? []).Select(item => item["p"].S));
                start = page.LastEvaluatedKey;
            }
            while (start is { Count: > 0 });
        }

        Assert.Equal(60, seen.Count);
        Assert.Equal(60, seen.Distinct().Count());
    }

    [Fact]
    public async Task Query_StartKeyOfAnotherPartition_IsRefused()
    {
        var table = await FillAsync("ab");

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.QueryAsync(new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "p = :p",
            ExpressionAttributeValues = Of((":p", S("x"))),
            ExclusiveStartKey = Of(("p", S("y")), ("c", S("a"))),
        }, TestContext.Current.CancellationToken));

        Assert.Equal("The provided starting key is outside query boundaries based on provided conditions", failure.Message);
    }

    private async Task<string> FillAsync(string keys)
    {
        var table = await server.CreateTableAsync(withRange: true);

        foreach (var (number, key) in keys.Index())
            await Client.PutItemAsync(table, Of(("p", S("x")), ("c", S(key.ToString())), ("n", N(number))), TestContext.Current.CancellationToken);

        await Client.PutItemAsync(table, Of(("p", S("y")), ("c", S("c"))), TestContext.Current.CancellationToken);
        return table;
    }

    private Task<QueryResponse> QueryAsync(
        string table, string condition, int? limit, bool forward = true, Dictionary<string, AttributeValue>? start = null)
    {
        var values = Of((":p", S("x")), (":x", S("c")), (":y", S("e")));

        return Client.QueryAsync(new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = condition,
            ExpressionAttributeValues = values.Where(value => condition.Contains(value.Key, StringComparison.Ordinal)).ToDictionary(),
            Limit = limit,
            ScanIndexForward = forward,
            ExclusiveStartKey = start,
        }, TestContext.Current.CancellationToken);
    }

    private async Task<string> ReadAllAsync(string table, string condition, bool forward, int? limit)
    {
        var keys = "";
        Dictionary<string, AttributeValue>? start = null;

        do
        {
            var page = await QueryAsync(table, condition, limit, forward, start);
            keys += string.Concat((page.Items ?? []).Select(item => item["c"].S));
            start = page.LastEvaluatedKey;
        }
        while (start is { Count: > 0 });

        return keys;
    }
}
