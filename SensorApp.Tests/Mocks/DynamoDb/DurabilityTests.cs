using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

using static SensorApp.Tests.Mocks.DynamoDb.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

public sealed class DurabilityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sensorapp-tables-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Restart_TablesIndexesAndItems_AreAsTheyWere()
    {
        var item = Of(
            ("p", S("a")), ("g", S("x")), ("n", N("-12.5")), ("b", new AttributeValue { B = new MemoryStream([1, 2]) }),
            ("l", L(M(("x", SS("q"))), new AttributeValue { NULL = true })), ("ns", NS("1", "2")), ("yes", new AttributeValue { BOOL = true }));
        string table;

        await using (var first = await MocksServer.StartAsync(_folder))
        {
            using var client = first.DynamoDb();
            table = await DynamoServer.CreateTableAsync(client, adjust: request => DynamoServer.AddIndex(request, "byg", ProjectionType.ALL, "g"));
            await client.PutItemAsync(table, item, TestContext.Current.CancellationToken);
            await client.PutItemAsync(table, Of(("p", S("gone"))), TestContext.Current.CancellationToken);
            await client.DeleteItemAsync(table, Of(("p", S("gone"))), TestContext.Current.CancellationToken);
        }

        await using var second = await MocksServer.StartAsync(_folder);
        using var reader = second.DynamoDb();
        var scan = await reader.ScanAsync(new ScanRequest(table), TestContext.Current.CancellationToken);
        var found = await reader.QueryAsync(
            new QueryRequest { TableName = table, IndexName = "byg", KeyConditionExpression = "g = :g", ExpressionAttributeValues = Of((":g", S("x"))) },
            TestContext.Current.CancellationToken);

        var read = Assert.Single(scan.Items);
        Assert.Equal(item.Keys.Order(), read.Keys.Order());
        Assert.Equal("-12.5", read["n"].N);
        Assert.Equal([1, 2], read["b"].B.ToArray());
        Assert.Equal(["q"], read["l"].L[0].M["x"].SS);
        Assert.Equal(["1", "2"], read["ns"].NS.Order());
        Assert.Equal("a", Assert.Single(found.Items)["p"].S);
    }

    [Fact]
    public async Task WritesAtOnce_OnDisk_AreSerialisedAndNoneIsLost()
    {
        string table;

        await using (var first = await MocksServer.StartAsync(_folder))
        {
            using var client = first.DynamoDb();
            table = await DynamoServer.CreateTableAsync(client);
            await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => IncrementAsync(client, table)));
            var winners = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => TryClaimAsync(client, table)));
            Assert.Single(winners, won => won);
        }

        await using var second = await MocksServer.StartAsync(_folder);
        using var reader = second.DynamoDb();
        var read = await reader.GetItemAsync(table, Of(("p", S("counter"))), TestContext.Current.CancellationToken);
        Assert.Equal("300", read.Item["n"].N);
    }

    private static Task IncrementAsync(AmazonDynamoDBClient client, string table) => client.UpdateItemAsync(new UpdateItemRequest
    {
        TableName = table,
        Key = Of(("p", S("counter"))),
        UpdateExpression = "ADD n :one",
        ExpressionAttributeValues = Of((":one", N(1))),
    }, TestContext.Current.CancellationToken);

    private static async Task<bool> TryClaimAsync(AmazonDynamoDBClient client, string table)
    {
        try
        {
            await client.PutItemAsync(new PutItemRequest
            {
                TableName = table,
                Item = Of(("p", S("claim"))),
                ConditionExpression = "attribute_not_exists(p)",
            }, TestContext.Current.CancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }
}
