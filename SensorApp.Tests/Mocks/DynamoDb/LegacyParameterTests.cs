using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

using static SensorApp.Tests.Mocks.DynamoDb.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

public sealed class LegacyParameterTests(DynamoServer server)
{
    private AmazonDynamoDBClient Client => server.Client;

    [Fact]
    public async Task UpdateItem_AttributeUpdates_PutAddAndDelete()
    {
        var table = await server.CreateTableAsync();
        await Client.PutItemAsync(table, Of(("p", S("a")), ("n", N(1)), ("gone", N(1)), ("s", SS("x", "y")), ("l", L(N(1)))), TestContext.Current.CancellationToken);

        var answer = await UpdateAsync(table, expected: null, new Dictionary<string, AttributeValueUpdate>
        {
            ["new"] = new() { Action = AttributeAction.PUT, Value = S("v") },
            ["n"] = new() { Action = AttributeAction.ADD, Value = N(2) },
            ["gone"] = new() { Action = AttributeAction.DELETE },
            ["s"] = new() { Action = AttributeAction.DELETE, Value = SS("x") },
            ["l"] = new() { Action = AttributeAction.ADD, Value = L(N(2)) },
        });

        Assert.Equal(["l", "n", "new", "p", "s"], answer.Attributes.Keys.Order());
        Assert.Equal("3", answer.Attributes["n"].N);
        Assert.Equal(["y"], answer.Attributes["s"].SS);
        Assert.Equal(["1", "2"], answer.Attributes["l"].L.Select(element => element.N));
    }

    [Fact]
    public async Task UpdateItem_AttributeUpdatesOfAnotherType_AreAMismatch()
    {
        var table = await server.CreateTableAsync();
        await Client.PutItemAsync(table, Of(("p", S("a")), ("s", SS("x"))), TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => UpdateAsync(table, expected: null, new Dictionary<string, AttributeValueUpdate>
        {
            ["s"] = new() { Action = AttributeAction.ADD, Value = NS("1") },
        }));

        Assert.Equal("Type mismatch for attribute to update", failure.Message);
    }

    [Fact]
    public async Task Query_KeyConditionsWithExpressions_IsTaken()
    {
        var table = await server.CreateTableAsync(withRange: true);
        await Client.PutItemAsync(table, Of(("p", S("a")), ("c", S("1")), ("n", N(1))), TestContext.Current.CancellationToken);
        await Client.PutItemAsync(table, Of(("p", S("a")), ("c", S("2")), ("n", N(2))), TestContext.Current.CancellationToken);

        var found = await Client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditions = new() { ["p"] = new Condition { ComparisonOperator = ComparisonOperator.EQ, AttributeValueList = [S("a")] } },
                FilterExpression = "n = :n",
                ExpressionAttributeValues = Of((":n", N(2))),
                ProjectionExpression = "c",
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("2", Assert.Single(Assert.Single(found.Items)).Value.S);
    }

    [Fact]
    public async Task GetItem_AttributeNameOver65535Bytes_IsRefused()
    {
        var table = await server.CreateTableAsync();
        var request = new GetItemRequest { TableName = table, Key = Of(("p", S("a"))), AttributesToGet = [new string('x', 65_536)] };

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.GetItemAsync(request, TestContext.Current.CancellationToken));

        Assert.Contains("65536", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EQ", 5, true)]
    [InlineData("NE", 5, false)]
    [InlineData("LT", 6, true)]
    [InlineData("GE", 6, false)]
    public async Task UpdateItem_Expected_IsTheCondition(string comparison, int number, bool holds)
    {
        var table = await server.CreateTableAsync();
        await Client.PutItemAsync(table, Of(("p", S("a")), ("n", N(5))), TestContext.Current.CancellationToken);
        var expected = new Dictionary<string, ExpectedAttributeValue>
        {
            ["n"] = new() { ComparisonOperator = comparison, AttributeValueList = [N(number)] },
        };

        var update = UpdateAsync(table, expected, new Dictionary<string, AttributeValueUpdate> { ["x"] = new() { Value = N(1) } });

        if (holds)
            Assert.Equal("1", (await update).Attributes["x"].N);
        else
            await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => update);
    }

    [Fact]
    public async Task Query_KeyConditionsAndFilter_SelectLikeExpressions()
    {
        var table = await server.CreateTableAsync(withRange: true);

        foreach (var c in (string[])["a", "b", "c", "d"])
            await Client.PutItemAsync(table, Of(("p", S("x")), ("c", S(c)), ("v", S(c + c))), TestContext.Current.CancellationToken);

        var found = await Client.QueryAsync(new QueryRequest
        {
            TableName = table,
            KeyConditions = new Dictionary<string, Condition>
            {
                ["p"] = new() { ComparisonOperator = ComparisonOperator.EQ, AttributeValueList = [S("x")] },
                ["c"] = new() { ComparisonOperator = ComparisonOperator.BETWEEN, AttributeValueList = [S("b"), S("d")] },
            },
            QueryFilter = new Dictionary<string, Condition> { ["v"] = new() { ComparisonOperator = ComparisonOperator.NOT_CONTAINS, AttributeValueList = [S("c")] } },
            AttributesToGet = ["v"],
        }, TestContext.Current.CancellationToken);

        Assert.Equal(["bb", "dd"], found.Items.Select(item => item["v"].S));
        Assert.All(found.Items, item => Assert.Single(item));
    }

    [Fact]
    public async Task UpdateItem_BothKindsOfParameters_IsRefused()
    {
        var table = await server.CreateTableAsync();

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = Of(("p", S("a"))),
            UpdateExpression = "REMOVE x",
            Expected = new Dictionary<string, ExpectedAttributeValue> { ["n"] = new() { Exists = false } },
        }, TestContext.Current.CancellationToken));

        Assert.Equal("Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {UpdateExpression}", failure.Message);
    }

    private Task<UpdateItemResponse> UpdateAsync(
        string table, Dictionary<string, ExpectedAttributeValue>? expected, Dictionary<string, AttributeValueUpdate> updates) =>
        Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = Of(("p", S("a"))),
            AttributeUpdates = updates,
            Expected = expected,
            ReturnValues = ReturnValue.ALL_NEW,
        }, TestContext.Current.CancellationToken);
}
