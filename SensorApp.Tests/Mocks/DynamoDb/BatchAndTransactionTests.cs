using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

using static SensorApp.Tests.Mocks.DynamoDb.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

public sealed class BatchAndTransactionTests(DynamoServer server)
{
    private AmazonDynamoDBClient Client => server.Client;

    [Fact]
    public async Task BatchWriteItem_PutsAndDeletes_AreReadBackInOneBatch()
    {
        var table = await server.CreateTableAsync();
        await BatchAsync(table, [.. Enumerable.Range(0, 25).Select(i => Put($"k{i}"))]);

        await BatchAsync(table, Put("new"), new WriteRequest { DeleteRequest = new DeleteRequest { Key = Of(("p", S("k0"))) } });

        var read = await Client.BatchGetItemAsync(
            new Dictionary<string, KeysAndAttributes> { [table] = new() { Keys = [Of(("p", S("k0"))), Of(("p", S("k1"))), Of(("p", S("new")))] } },
            TestContext.Current.CancellationToken);
        Assert.Equal(["k1", "new"], read.Responses[table].Select(item => item["p"].S).Order());
        Assert.Empty(read.UnprocessedKeys);
    }

    [Fact]
    public async Task BatchWriteItem_SameKeyTwice_IsRefused()
    {
        var table = await server.CreateTableAsync();

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => BatchAsync(table, Put("a"), Put("a")));

        Assert.Equal("Provided list of item keys contains duplicates", failure.Message);
    }

    [Fact]
    public async Task BatchGetItem_MoreThan16Megabytes_LeavesTheRestUnprocessed()
    {
        var table = await server.CreateTableAsync();
        var text = new string('x', 390_000);
        var keys = Enumerable.Range(0, 50).Select(i => $"k{i}").ToList();

        foreach (var key in keys)
            await Client.PutItemAsync(table, Of(("p", S(key)), ("v", S(text))), TestContext.Current.CancellationToken);

        var read = await Client.BatchGetItemAsync(
            new Dictionary<string, KeysAndAttributes> { [table] = new() { Keys = [.. keys.Select(key => Of(("p", S(key))))] } },
            TestContext.Current.CancellationToken);

        Assert.InRange(read.Responses[table].Count, 40, 49);
        Assert.Equal(50, read.Responses[table].Count + read.UnprocessedKeys[table].Keys.Count);
    }

    [Fact]
    public async Task TransactWriteItems_OneConditionFails_ChangesNothingAndSaysWhich()
    {
        var table = await server.CreateTableAsync();
        await Client.PutItemAsync(table, Of(("p", S("taken")), ("v", N(1))), TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<TransactionCanceledException>(() => TransactAsync(
            null,
            new TransactWriteItem { Put = new Put { TableName = table, Item = Of(("p", S("fresh"))) } },
            new TransactWriteItem
            {
                Put = new Put
                {
                    TableName = table,
                    Item = Of(("p", S("taken"))),
                    ConditionExpression = "attribute_not_exists(p)",
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
            }));

        Assert.Equal(["None", "ConditionalCheckFailed"], failure.CancellationReasons.Select(reason => reason.Code));
        Assert.Equal("1", failure.CancellationReasons[1].Item["v"].N);
        Assert.Equal("Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]", failure.Message);
        var fresh = await Client.GetItemAsync(table, Of(("p", S("fresh"))), TestContext.Current.CancellationToken);
        Assert.False(fresh.IsItemSet);
    }

    [Fact]
    public async Task TransactWriteItems_SameTokenAgain_IsMadeOnce()
    {
        var table = await server.CreateTableAsync();

        await TransactAsync("token", Increment(table, 1));
        await TransactAsync("token", Increment(table, 1));
        await Assert.ThrowsAsync<IdempotentParameterMismatchException>(() => TransactAsync("token", Increment(table, 2)));

        var read = await Client.GetItemAsync(table, Of(("p", S("a"))), TestContext.Current.CancellationToken);
        Assert.Equal("1", read.Item["n"].N);
    }

    [Fact]
    public async Task TransactGetItems_DuringTransactions_NeverSeesHalfOfOne()
    {
        var table = await server.CreateTableAsync();
        var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
                await TransactAsync(null, PutNumber(table, "a", i), PutNumber(table, "b", i));
        }, TestContext.Current.CancellationToken);

        for (var i = 0; i < 200; i++)
        {
            var read = await Client.TransactGetItemsAsync(
                new TransactGetItemsRequest { TransactItems = [Get(table, "a"), Get(table, "b")] }, TestContext.Current.CancellationToken);
            var numbers = read.Responses.Select(response => response.Item?.GetValueOrDefault("n")?.N).Distinct();
            Assert.Single(numbers);
        }

        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task TransactWriteItems_KeyOfAnotherType_CancelsForThatReasonAlone()
    {
        var table = await server.CreateTableAsync();
        var unfit = new TransactWriteItem { Put = new Put { TableName = table, Item = Of(("p", N(1))) } };

        var failure = await Assert.ThrowsAsync<TransactionCanceledException>(() => TransactAsync(null, PutNumber(table, "a", 1), unfit, unfit));

        Assert.Equal(["None", "ValidationError", "None"], failure.CancellationReasons.Select(reason => reason.Code));
        Assert.Equal("One or more parameter values were invalid: Type mismatch for key p expected: S actual: N", failure.CancellationReasons[1].Message);
    }

    [Fact]
    public async Task TransactGetItems_NoKey_CancelsWithAReason()
    {
        var table = await server.CreateTableAsync();
        var request = new TransactGetItemsRequest { TransactItems = [new TransactGetItem { Get = new Get { TableName = table, Key = Of(("q", S("a"))) } }] };

        var failure = await Assert.ThrowsAsync<TransactionCanceledException>(() => Client.TransactGetItemsAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(["ValidationError"], failure.CancellationReasons.Select(reason => reason.Code));
    }

    [Fact]
    public async Task TransactWriteItems_WrongExpression_IsRefusedBeforeAnyTableIsLookedFor()
    {
        var check = new ConditionCheck { TableName = "also-absent", Key = Of(("p", S("a"))), ConditionExpression = "attribute_exists(" };

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => TransactAsync(null, PutNumber("absent", "a", 1), new TransactWriteItem { ConditionCheck = check }));

        Assert.Equal("Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"(\"", failure.Message);
    }

    [Fact]
    public async Task BatchWriteItem_KeyOfAnotherType_DoesNotMatchTheSchema()
    {
        var table = await server.CreateTableAsync();

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => BatchAsync(table, new WriteRequest { PutRequest = new PutRequest { Item = Of(("p", N(1))) } }));

        Assert.Equal("The provided key element does not match the schema", failure.Message);
    }

    private Task BatchAsync(string table, params WriteRequest[] requests) => Client.BatchWriteItemAsync(
        new Dictionary<string, List<WriteRequest>> { [table] = [.. requests] }, TestContext.Current.CancellationToken);

    private Task TransactAsync(string? token, params TransactWriteItem[] items) => Client.TransactWriteItemsAsync(
        new TransactWriteItemsRequest { TransactItems = [.. items], ClientRequestToken = token }, TestContext.Current.CancellationToken);

    private static WriteRequest Put(string key) => new() { PutRequest = new PutRequest { Item = Of(("p", S(key))) } };

    private static TransactGetItem Get(string table, string key) => new() { Get = new Get { TableName = table, Key = Of(("p", S(key))) } };

    private static TransactWriteItem PutNumber(string table, string key, int number) =>
        new() { Put = new Put { TableName = table, Item = Of(("p", S(key)), ("n", N(number))) } };

    private static TransactWriteItem Increment(string table, int by) => new()
    {
        Update = new Update
        {
            TableName = table,
            Key = Of(("p", S("a"))),
            UpdateExpression = "ADD n :by",
            ExpressionAttributeValues = Of((":by", N(by))),
        },
    };
}
