using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SensorApp.Mocks.Core.Tables;

using static SensorApp.Tests.Mocks.DynamoDb.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

public sealed class TableTests(DynamoServer server)
{
    private AmazonDynamoDBClient Client => server.Client;

    [Fact]
    public async Task DescribeTable_NewTable_IsActiveAsCreated()
    {
        var name = await server.CreateTableAsync(withRange: true, adjust: request => DynamoServer.AddIndex(request, "byg", ProjectionType.ALL, "g"));

        var table = (await Client.DescribeTableAsync(name, TestContext.Current.CancellationToken)).Table;

        Assert.Equal(TableStatus.ACTIVE, table.TableStatus);
        Assert.Equal(["p", "c"], table.KeySchema.Select(key => key.AttributeName));
        Assert.Equal(BillingMode.PAY_PER_REQUEST, table.BillingModeSummary.BillingMode);
        Assert.Equal(IndexStatus.ACTIVE, Assert.Single(table.GlobalSecondaryIndexes).IndexStatus);
        Assert.EndsWith($":table/{name}", table.TableArn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateTable_NameTaken_IsInUse()
    {
        var name = await server.CreateTableAsync();

        var failure = await Assert.ThrowsAsync<ResourceInUseException>(() => server.CreateTableAsync(adjust: request => request.TableName = name));

        Assert.Equal($"Table already exists: {name}", failure.Message);
    }

    [Fact]
    public async Task DeleteTable_Table_TakesItsItemsAlong()
    {
        var name = await server.CreateTableAsync();
        await Client.PutItemAsync(name, Of(("p", S("a"))), TestContext.Current.CancellationToken);

        await Client.DeleteTableAsync(name, TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.DescribeTableAsync(name, TestContext.Current.CancellationToken));
        await server.CreateTableAsync(adjust: request => request.TableName = name);
        var scan = await Client.ScanAsync(new ScanRequest(name), TestContext.Current.CancellationToken);

        Assert.Equal($"Requested resource not found: Table: {name} not found", failure.Message);
        Assert.Equal(0, scan.Count);
    }

    [Fact]
    public async Task CreateTable_WrongDefinition_SaysWhatAwsSays()
    {
        (Action<CreateTableRequest> Adjust, string Message)[] cases =
        [
            (request => request.TableName = "a!", "2 validation errors detected: Value 'a!' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "
                + "Value 'a!' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3"),
            (request => request.KeySchema[0].KeyType = KeyType.RANGE, "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"),
            (request => request.AttributeDefinitions[0].AttributeName = "q", "One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [p], AttributeDefinitions: [q]"),
            (request => request.BillingMode = BillingMode.PROVISIONED, "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"),
            (request => request.ProvisionedThroughput = new ProvisionedThroughput(1, 1), "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST"),
            (request => request.AttributeDefinitions.Add(new AttributeDefinition("x", ScalarAttributeType.S)), "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"),
        ];

        foreach (var (adjust, message) in cases)
        {
            var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => server.CreateTableAsync(adjust: adjust));

            Assert.Equal(message, failure.Message);
        }
    }

    [Fact]
    public async Task ListTables_ByPages_NamesEachOnceInOrder()
    {
        await using var own = await MocksServer.StartAsync();
        using var client = own.DynamoDb();

        foreach (var name in (string[])["bbb", "aaa", "ccc"])
            await DynamoServer.CreateTableAsync(client, adjust: request => request.TableName = name);

        var first = await client.ListTablesAsync(new ListTablesRequest { Limit = 2 }, TestContext.Current.CancellationToken);
        var second = await client.ListTablesAsync(
            new ListTablesRequest { ExclusiveStartTableName = first.LastEvaluatedTableName }, TestContext.Current.CancellationToken);

        Assert.Equal(["aaa", "bbb"], first.TableNames);
        Assert.Equal(["ccc"], second.TableNames);
        Assert.Null(second.LastEvaluatedTableName);
    }

    [Fact]
    public async Task TimeToLive_ItemPastItsTime_IsRemovedAndOthersStay()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var own = await MocksServer.StartAsync(clock: clock);
        using var client = own.DynamoDb();
        var table = await CreateExpiringTableAsync(client);
        var now = clock.GetUtcNow();
        await client.PutItemAsync(table, Of(("p", S("soon")), ("ttl", N(now.AddSeconds(60).ToUnixTimeSeconds()))), TestContext.Current.CancellationToken);
        await client.PutItemAsync(table, Of(("p", S("later")), ("ttl", N(now.AddDays(1).ToUnixTimeSeconds()))), TestContext.Current.CancellationToken);
        await client.PutItemAsync(table, Of(("p", S("text")), ("ttl", S("1"))), TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromMinutes(2));
        await own.Services.GetRequiredService<ExpirySweep>().RunAsync(TestContext.Current.CancellationToken);

        var scan = await client.ScanAsync(new ScanRequest(table), TestContext.Current.CancellationToken);
        Assert.Equal(["later", "text"], scan.Items.Select(item => item["p"].S).Order());
    }

    [Fact]
    public async Task TimeToLive_LargeTable_IsSweptAPartAtATime()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var own = await MocksServer.StartAsync(clock: clock);
        using var client = own.DynamoDb();
        var table = await CreateExpiringTableAsync(client);
        var sweep = own.Services.GetRequiredService<ExpirySweep>();
        const int Lasting = 11_000;
        const int Ended = 500;
        var times = Enumerable.Repeat(clock.GetUtcNow().AddDays(1), Lasting).Concat(Enumerable.Repeat(clock.GetUtcNow().AddDays(-1), Ended));
        var writes = times.Select((time, i) => new WriteRequest(new PutRequest(Of(("p", S($"{i}")), ("ttl", N(time.ToUnixTimeSeconds()))))));
        await Parallel.ForEachAsync(writes.Chunk(25), TestContext.Current.CancellationToken, async (batch, cancel) =>
            await client.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>> { [table] = [.. batch] }, cancel));

        await sweep.RunAsync(TestContext.Current.CancellationToken);
        var left = await CountAsync();
        await sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.InRange(left ?? 0, Lasting + 1, Lasting + Ended - 1);
        Assert.Equal(Lasting, await CountAsync());

        async Task<int?> CountAsync() =>
            (await client.ScanAsync(new ScanRequest(table) { Select = Select.COUNT }, TestContext.Current.CancellationToken)).Count;
    }

    [Fact]
    public async Task DeleteTable_Description_HasNoKeysAndDates()
    {
        var table = await server.CreateTableAsync();

        var description = (await server.Client.DeleteTableAsync(table, TestContext.Current.CancellationToken)).TableDescription;

        Assert.Equal(TableStatus.DELETING, description.TableStatus);
        Assert.Null(description.KeySchema);
        Assert.Null(description.CreationDateTime);
    }

    [Fact]
    public async Task CreateTable_TooManyTags_MakesNoTable()
    {
        string? name = null;

        await Assert.ThrowsAsync<AmazonDynamoDBException>(() => server.CreateTableAsync(adjust: request =>
        {
            name = request.TableName;
            request.Tags = [.. Enumerable.Range(0, 51).Select(i => new Tag { Key = $"k{i}", Value = "v" })];
        }));

        await Assert.ThrowsAsync<ResourceNotFoundException>(() => server.Client.DescribeTableAsync(name, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("nonsense", "ValidationException")]
    [InlineData("arn:aws:dynamodb:us-east-1:000000000000:table/absent", "AccessDeniedException")]
    [InlineData("arn:aws:dynamodb:us-east-1:123456789012:table/absent", "ResourceNotFoundException")]
    public async Task ListTagsOfResource_OfNoTableHere_IsRefused(string arn, string expected)
    {
        var failure = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(
            () => server.Client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn }, TestContext.Current.CancellationToken));

        Assert.Equal(expected, failure.ErrorCode);
    }

    [Fact]
    public async Task DescribeEndpoints_Answer_LeadsBackHere()
    {
        var answer = await server.Client.DescribeEndpointsAsync(new DescribeEndpointsRequest(), TestContext.Current.CancellationToken);

        Assert.Equal(new Uri(server.Client.Config.ServiceURL).Authority, Assert.Single(answer.Endpoints).Address);
    }

    [Fact]
    public async Task TagResource_Tags_AreListedAndTakenOff()
    {
        var name = await server.CreateTableAsync(adjust: request => request.Tags = [new Tag { Key = "a", Value = "1" }]);
        var arn = (await Client.DescribeTableAsync(name, TestContext.Current.CancellationToken)).Table.TableArn;

        await Client.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = [new Tag { Key = "b", Value = "2" }] }, TestContext.Current.CancellationToken);
        await Client.UntagResourceAsync(new UntagResourceRequest { ResourceArn = arn, TagKeys = ["a"] }, TestContext.Current.CancellationToken);

        var tags = await Client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn }, TestContext.Current.CancellationToken);
        Assert.Equal(("b", "2"), (Assert.Single(tags.Tags).Key, tags.Tags[0].Value));
    }

    /// <summary>A new table whose items end at the time in <c>ttl</c>.</summary>
    private static async Task<string> CreateExpiringTableAsync(AmazonDynamoDBClient client)
    {
        var table = await DynamoServer.CreateTableAsync(client);
        await client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = table, TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = "ttl", Enabled = true } },
            TestContext.Current.CancellationToken);
        return table;
    }
}
