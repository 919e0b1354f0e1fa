using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static SensorApp.Tests.Mocks.DynamoDb.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

/// <summary>Global indexes whose keys are made of several attributes.</summary>
public sealed class MultiAttributeIndexTests(DynamoServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("h1 = :a AND h2 = :b", "1 2 3 4")]
    [InlineData("h2 = :b AND h1 = :a AND r1 = :one", "1 2")]
    [InlineData("h1 = :a AND h2 = :b AND r1 > :one", "3 4")]
    [InlineData("h1 = :a AND h2 = :b AND r1 = :one AND r2 >= :y", "2")]
    [InlineData("h1 = :a AND h2 = :b AND r1 = :two AND begins_with(r2, :y)", "3")]
    [InlineData("h1 = :a AND h2 = :b AND r1 BETWEEN :one AND :two", "1 2 3")]
    public async Task Query_ConditionsFromTheLeft_GiveTheStretch(string condition, string expected)
    {
        var table = await FilledAsync();

        var found = await QueryAsync(table, condition);

        Assert.Equal(expected, string.Join(' ', found.Items.Select(item => item["p"].S)));
    }

    [Theory]
    [InlineData("h1 = :a", "HASH key attributes h2 must have equality conditions specified in the query")]
    [InlineData("h1 = :a AND h2 > :b", "HASH key attributes h2 must have equality conditions specified in the query")]
    [InlineData("h1 = :a AND h2 = :b AND r2 = :y", "RANGE key attributes r1 must have equality conditions specified in the query because a condition is present on key attribute r2")]
    [InlineData("h1 = :a AND h2 = :b AND r1 > :one AND r2 = :y", "RANGE key attributes r1 must have equality conditions specified in the query because a condition is present on key attribute r2")]
    public async Task Query_ConditionsWithAGap_AreRefused(string condition, string expected)
    {
        var table = await FilledAsync();

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => QueryAsync(table, condition));

        Assert.Equal(expected, failure.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Query_InPages_CursorHoldsEveryKeyAttribute(bool forward)
    {
        var table = await FilledAsync();
        var seen = new List<string>();
        Dictionary<string, AttributeValue>? start = null;

        do
        {
            var page = await QueryAsync(table, "h1 = :a AND h2 = :b", query =>
            {
                query.Limit = 1;
                query.ScanIndexForward = forward;
                query.ExclusiveStartKey = start;
            });
            seen.AddRange(page.Items.Select(item => item["p"].S));
            start = page.LastEvaluatedKey is { Count: > 0 } last ? last : null;
            Assert.Equal(start is null ? [] : ["h1", "h2", "p", "r1", "r2"], (start?.Keys ?? Enumerable.Empty<string>()).Order(StringComparer.Ordinal));
        }
        while (start is not null);

        Assert.Equal(forward ? ["1", "2", "3", "4"] : ["4", "3", "2", "1"], seen);
    }

    [Fact]
    public async Task UpdateTable_NewIndex_IsFilledAndDescribed()
    {
        var table = await server.CreateTableAsync();
        await server.Client.PutItemAsync(table, Of(("p", S("1")), ("h1", S("a")), ("h2", S("b")), ("r1", N(1)), ("r2", S("x"))), Cancellation);
        await server.Client.PutItemAsync(table, Of(("p", S("2")), ("h1", S("a")), ("h2", S("b")), ("r1", N(1))), Cancellation);

        await server.Client.UpdateTableAsync(
            new UpdateTableRequest
            {
                TableName = table,
                AttributeDefinitions = [.. Definitions],
                GlobalSecondaryIndexUpdates = [new GlobalSecondaryIndexUpdate { Create = new CreateGlobalSecondaryIndexAction { IndexName = "many", KeySchema = Keys, Projection = All } }],
            },
            Cancellation);

        var described = (await server.Client.DescribeTableAsync(table, Cancellation)).Table.GlobalSecondaryIndexes.Single();
        Assert.Equal(Keys.Select(key => (key.AttributeName, key.KeyType)), described.KeySchema.Select(key => (key.AttributeName, key.KeyType)));
        Assert.Equal(["1"], (await QueryAsync(table, "h1 = :a AND h2 = :b")).Items.Select(item => item["p"].S));
    }

    public static TheoryData<string[], string> WrongKeys => new()
    {
        { ["HASH", "HASH", "HASH", "HASH", "HASH"], "Invalid KeySchema: The number of HASH key elements exceeds the limit of 4" },
        { ["HASH", "RANGE", "RANGE", "RANGE", "RANGE", "RANGE"], "Invalid KeySchema: The number of RANGE key elements exceeds the limit of 4" },
        { ["HASH", "RANGE", "HASH"], "Invalid KeySchema: All HASH key elements must precede all RANGE key elements" },
        { ["RANGE", "HASH"], "Invalid KeySchema: The first KeySchemaElement is not a HASH key type" },
    };

    [Theory]
    [MemberData(nameof(WrongKeys))]
    public async Task CreateTable_KeysOfAnotherKind_AreRefused(string[] kinds, string expected)
    {
        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => server.CreateTableAsync(adjust: request =>
        {
            var names = kinds.Select((_, i) => $"k{i}").ToList();
            request.AttributeDefinitions.AddRange(names.Select(name => new AttributeDefinition(name, ScalarAttributeType.S)));
            request.GlobalSecondaryIndexes =
            [
                new GlobalSecondaryIndex
                {
                    IndexName = "many",
                    Projection = All,
                    KeySchema = [.. names.Zip(kinds, (name, kind) => new KeySchemaElement(name, KeyType.FindValue(kind)))],
                },
            ];
        }));

        Assert.Equal(expected, failure.Message);
    }

    private static Projection All => new() { ProjectionType = ProjectionType.ALL };

    private static List<KeySchemaElement> Keys =>
        [new("h1", KeyType.HASH), new("h2", KeyType.HASH), new("r1", KeyType.RANGE), new("r2", KeyType.RANGE)];

    private static IEnumerable<AttributeDefinition> Definitions =>
        [new("h1", ScalarAttributeType.S), new("h2", ScalarAttributeType.S), new("r1", ScalarAttributeType.N), new("r2", ScalarAttributeType.S)];

    private async Task<string> FilledAsync()
    {
        var table = await server.CreateTableAsync(adjust: request =>
        {
            request.AttributeDefinitions.AddRange(Definitions);
            request.GlobalSecondaryIndexes = [new GlobalSecondaryIndex { IndexName = "many", KeySchema = Keys, Projection = All }];
        });

        await PutAsync(table, "4", 10, "a");
        await PutAsync(table, "2", 1, "y");
        await PutAsync(table, "3", 2, "yy");
        await PutAsync(table, "1", 1, "x");
        await server.Client.PutItemAsync(table, Of(("p", S("other")), ("h1", S("a")), ("h2", S("c")), ("r1", N(1)), ("r2", S("x"))), Cancellation);
        await server.Client.PutItemAsync(table, Of(("p", S("partial")), ("h1", S("a")), ("h2", S("b")), ("r1", N(1))), Cancellation);
        return table;
    }

    private Task PutAsync(string table, string p, long r1, string r2) =>
        server.Client.PutItemAsync(table, Of(("p", S(p)), ("h1", S("a")), ("h2", S("b")), ("r1", N(r1)), ("r2", S(r2))), Cancellation);

    private Task<QueryResponse> QueryAsync(string table, string condition, Action<QueryRequest>? adjust = null)
    {
        var all = Of((":a", S("a")), (":b", S("b")), (":one", N(1)), (":two", N(2)), (":y", S("y")));
        var request = new QueryRequest
        {
            TableName = table,
            IndexName = "many",
            KeyConditionExpression = condition,
            ExpressionAttributeValues = all.Where(value => condition.Contains(value.Key, StringComparison.Ordinal)).ToDictionary(),
        };
        adjust?.Invoke(request);
        return server.Client.QueryAsync(request, Cancellation);
    }
}
