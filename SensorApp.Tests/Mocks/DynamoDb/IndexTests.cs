using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SensorApp.Mocks.Core.Tables;

using static SensorApp.Tests.Mocks.DynamoDb.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

public sealed class IndexTests(DynamoServer server)
{
    private AmazonDynamoDBClient Client => server.Client;

    [Fact]
    public async Task Query_SparseIndex_FollowsTheTable()
    {
        var table = await server.CreateTableAsync(adjust: request => DynamoServer.AddIndex(request, "due", ProjectionType.ALL, "due_shard", "due_at"));
        await PutAsync(Client, table, "in", ("due_shard", S("0")), ("due_at", S("2")));
        await PutAsync(Client, table, "moved", ("due_shard", S("0")), ("due_at", S("9")));
        await PutAsync(Client, table, "out");

        await PutAsync(Client, table, "moved", ("due_shard", S("0")), ("due_at", S("1")));
        var both = await KeysAsync(Client, table, "due", "due_shard");
        await PutAsync(Client, table, "in");
        var one = await KeysAsync(Client, table, "due", "due_shard");

        Assert.Equal(["moved", "in"], both);
        Assert.Equal(["moved"], one);
    }

    [Fact]
    public async Task Query_PagesOverEqualIndexKeys_SeeEachItemOnce()
    {
        var table = await server.CreateTableAsync(adjust: request => DynamoServer.AddIndex(request, "byg", ProjectionType.KEYS_ONLY, "g"));

        foreach (var i in Enumerable.Range(0, 25))
            await PutAsync(Client, table, $"k{i}", ("g", S("same")), ("v", N(i)));

        var keys = new List<string>();
        Dictionary<string, AttributeValue>? start = null;

        do
        {
            var page = await Client.QueryAsync(QueryOn(table, "byg", "g", "same", start, limit: 4), TestContext.Current.CancellationToken);
            keys.AddRange((page.Items ?? []).Select(item => item["p"].S));
            Assert.All(page.Items ?? [], item => Assert.Equal(["g", "p"], item.Keys.Order()));
            start = page.LastEvaluatedKey;
            Assert.True(start is null or { Count: 0 } || start.Keys.Order().SequenceEqual(["g", "p"]));
        }
        while (start is { Count: > 0 });

        Assert.Equal(25, keys.Count);
        Assert.Equal(25, keys.Distinct().Count());
    }

    [Fact]
    public async Task PutItem_IndexKeyOfAnotherType_IsRefused()
    {
        var table = await server.CreateTableAsync(adjust: request => DynamoServer.AddIndex(request, "byg", ProjectionType.ALL, "g"));

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => PutAsync(Client, table, "a", ("g", N(1))));

        Assert.Equal("One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: byg", failure.Message);
    }

    [Fact]
    public async Task Query_GlobalIndex_RefusesWhatItCannotAnswer()
    {
        var table = await server.CreateTableAsync(adjust: request => DynamoServer.AddIndex(request, "byg", ProjectionType.KEYS_ONLY, "g"));
        (Action<QueryRequest> Adjust, string Message)[] cases =
        [
            (request => request.ConsistentRead = true, "Consistent reads are not supported on global secondary indexes"),
            (request => request.Select = Select.ALL_ATTRIBUTES, "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index byg because its projection type is not ALL"),
            (request => request.ProjectionExpression = "v", "One or more parameter values were invalid: Global secondary index byg does not project [v]"),
            (request => request.IndexName = "none", "The table does not have the specified index: none"),
        ];

        foreach (var (adjust, message) in cases)
        {
            var request = QueryOn(table, "byg", "g", "x");
            adjust(request);

            var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.QueryAsync(request, TestContext.Current.CancellationToken));

            Assert.Equal(message, failure.Message);
        }
    }

    [Fact]
    public async Task Query_LocalIndex_FetchesWhatItDoesNotHold()
    {
        var table = await server.CreateTableAsync(withRange: true, adjust: request =>
        {
            request.AttributeDefinitions.Add(new AttributeDefinition("l", ScalarAttributeType.S));
            request.LocalSecondaryIndexes =
            [
                new LocalSecondaryIndex
                {
                    IndexName = "local",
                    KeySchema = [new KeySchemaElement("p", KeyType.HASH), new KeySchemaElement("l", KeyType.RANGE)],
                    Projection = new Projection { ProjectionType = ProjectionType.KEYS_ONLY },
                },
            ];
        });
        await PutAsync(Client, table, "x", ("c", S("1")), ("l", S("b")), ("v", N(1)));
        await PutAsync(Client, table, "x", ("c", S("2")), ("l", S("a")), ("v", N(2)));

        var held = await Client.QueryAsync(QueryOn(table, "local", "p", "x"), TestContext.Current.CancellationToken);
        var request = QueryOn(table, "local", "p", "x");
        request.Select = Select.ALL_ATTRIBUTES;
        var whole = await Client.QueryAsync(request, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("v", held.Items[0].Keys);
        Assert.Equal(["2", "1"], whole.Items.Select(item => item["v"].N));
    }

    [Fact]
    public async Task UpdateTable_IndexMadeAndDropped_IsFilledAndGone()
    {
        var table = await server.CreateTableAsync();
        await PutAsync(Client, table, "a", ("g", S("x")));
        await PutAsync(Client, table, "b", ("g", N(1)));

        await Client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = table,
            AttributeDefinitions = [new AttributeDefinition("g", ScalarAttributeType.S)],
            GlobalSecondaryIndexUpdates =
            [
                new GlobalSecondaryIndexUpdate
                {
                    Create = new CreateGlobalSecondaryIndexAction
                    {
                        IndexName = "later",
                        KeySchema = [new KeySchemaElement("g", KeyType.HASH)],
                        Projection = new Projection { ProjectionType = ProjectionType.ALL },
                    },
                },
            ],
        }, TestContext.Current.CancellationToken);
        var found = await Client.QueryAsync(QueryOn(table, "later", "g", "x"), TestContext.Current.CancellationToken);
        await Client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = table,
            GlobalSecondaryIndexUpdates = [new GlobalSecondaryIndexUpdate { Delete = new DeleteGlobalSecondaryIndexAction { IndexName = "later" } }],
        }, TestContext.Current.CancellationToken);
        var described = await Client.DescribeTableAsync(table, TestContext.Current.CancellationToken);

        Assert.Equal("a", Assert.Single(found.Items)["p"].S);
        Assert.Empty(described.Table.GlobalSecondaryIndexes ?? []);
        Assert.Equal(["p"], described.Table.AttributeDefinitions.Select(attribute => attribute.AttributeName));
    }

    [Fact]
    public async Task UpdateTable_IndexOnValuesThatCannotBeKeys_LeavesThemOut()
    {
        var table = await server.CreateTableAsync();
        await server.Client.PutItemAsync(table, Of(("p", S("empty")), ("x", S(""))), TestContext.Current.CancellationToken);
        await server.Client.PutItemAsync(table, Of(("p", S("long")), ("x", S(new string('x', 2049)))), TestContext.Current.CancellationToken);
        await server.Client.PutItemAsync(table, Of(("p", S("number")), ("x", N(1))), TestContext.Current.CancellationToken);
        await server.Client.PutItemAsync(table, Of(("p", S("fit")), ("x", S(new string('x', 2048)))), TestContext.Current.CancellationToken);

        await server.Client.UpdateTableAsync(CreateIndex(table, "late", ScalarAttributeType.S), TestContext.Current.CancellationToken);

        var found = await server.Client.ScanAsync(new ScanRequest { TableName = table, IndexName = "late" }, TestContext.Current.CancellationToken);
        Assert.Equal("fit", Assert.Single(found.Items)["p"].S);
    }

    [Fact]
    public async Task UpdateTable_IndexAttributeOfAnotherType_CannotBeRedefined()
    {
        var table = await server.CreateTableAsync();
        await server.Client.UpdateTableAsync(CreateIndex(table, "first", ScalarAttributeType.S), TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => server.Client.UpdateTableAsync(CreateIndex(table, "second", ScalarAttributeType.N), TestContext.Current.CancellationToken));

        Assert.Contains("Attributes cannot be redefined", failure.Message, StringComparison.Ordinal);
    }

    private static UpdateTableRequest CreateIndex(string table, string index, ScalarAttributeType type) => new()
    {
        TableName = table,
        AttributeDefinitions = [new AttributeDefinition("x", type)],
        GlobalSecondaryIndexUpdates =
        [
            new GlobalSecondaryIndexUpdate
            {
                Create = new CreateGlobalSecondaryIndexAction
                {
                    IndexName = index,
                    KeySchema = [new KeySchemaElement("x", KeyType.HASH)],
                    Projection = new Projection { ProjectionType = ProjectionType.ALL },
                },
            },
        ],
    };

    [Fact]
    public async Task Query_IndexLag_TrailsWritesUntilItIsOver()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var own = await MocksServer.StartAsync(clock: clock);
        using var client = own.DynamoDb();
        own.Services.GetRequiredService<IndexLag>().Delay = TimeSpan.FromSeconds(2);
        var table = await DynamoServer.CreateTableAsync(client, adjust: request => DynamoServer.AddIndex(request, "byg", ProjectionType.ALL, "g"));

        await PutAsync(client, table, "a", ("g", S("0")));
        var early = await KeysAsync(client, table, "byg", "g");
        clock.Advance(TimeSpan.FromSeconds(2));
        var late = await KeysAsync(client, table, "byg", "g");

        Assert.Empty(early);
        Assert.Equal(["a"], late);
    }

    private static Task PutAsync(AmazonDynamoDBClient client, string table, string key, params (string Name, AttributeValue Value)[] more) =>
        client.PutItemAsync(table, Of([("p", S(key)), .. more]), TestContext.Current.CancellationToken);

    private static async Task<IEnumerable<string>> KeysAsync(AmazonDynamoDBClient client, string table, string index, string hash) =>
        ((await client.QueryAsync(QueryOn(table, index, hash, "0"), TestContext.Current.CancellationToken)).Items ?? []).Select(item => item["p"].S);

    private static QueryRequest QueryOn(
        string table, string index, string hash, string value, Dictionary<string, AttributeValue>? start = null, int? limit = null) => new()
        {
            TableName = table,
            IndexName = index,
            KeyConditionExpression = $"{hash} = :v",
            ExpressionAttributeValues = Of((":v", S(value))),
            ExclusiveStartKey = start,
            Limit = limit,
        };
}
