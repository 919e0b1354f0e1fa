using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

using static SensorApp.Tests.Mocks.DynamoDb.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

public sealed class ItemTests(DynamoServer server)
{
    private AmazonDynamoDBClient Client => server.Client;

    [Fact]
    public async Task GetItem_ItemOfEveryType_ComesBackAsPut()
    {
        var table = await server.CreateTableAsync();
        var item = Of(
            ("p", S("ключ \U0001F600 \"\\")),
            ("n", N("123456789012345678901234567890.12345678")),
            ("b", new AttributeValue { B = new MemoryStream([0, 255, 7]) }),
            ("yes", new AttributeValue { BOOL = true }),
            ("null", new AttributeValue { NULL = true }),
            ("list", L(N(1), L(), M(("x", S(""))))),
            ("ss", SS("a", "b")),
            ("ns", NS("1", "2.50")));

        await Client.PutItemAsync(table, item, TestContext.Current.CancellationToken);

        var read = (await Client.GetItemAsync(table, Of(("p", item["p"])), TestContext.Current.CancellationToken)).Item;
        Assert.Equal(item.Keys.Order(), read.Keys.Order());
        Assert.Equal("123456789012345678901234567890.12345678", read["n"].N);
        Assert.Equal([0, 255, 7], read["b"].B.ToArray());
        Assert.True(read["yes"].BOOL);
        Assert.True(read["null"].NULL);
        Assert.Equal("", read["list"].L[2].M["x"].S);
        Assert.Equal(["a", "b"], read["ss"].SS.Order());
        Assert.Equal(["1", "2.5"], read["ns"].NS.Order());
    }

    [Fact]
    public async Task PutItem_ConditionFails_AnswersWithTheItemWhenAsked()
    {
        var table = await server.CreateTableAsync();
        await Client.PutItemAsync(table, Of(("p", S("a")), ("v", N(1))), TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => Client.PutItemAsync(new PutItemRequest
        {
            TableName = table,
            Item = Of(("p", S("a")), ("v", N(2))),
            ConditionExpression = "attribute_not_exists(p)",
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        }, TestContext.Current.CancellationToken));

        Assert.Equal("1", failure.Item["v"].N);
        Assert.Equal("The conditional request failed", failure.Message);
    }

    [Theory]
    [InlineData("NONE", null)]
    [InlineData("ALL_OLD", "p,v,w")]
    [InlineData("UPDATED_OLD", "v")]
    [InlineData("ALL_NEW", "p,v,w,x")]
    [InlineData("UPDATED_NEW", "v,x")]
    public async Task UpdateItem_ReturnValues_AreThoseAskedFor(string asked, string? expected)
    {
        var table = await server.CreateTableAsync();
        await Client.PutItemAsync(table, Of(("p", S("a")), ("v", N(1)), ("w", N(1))), TestContext.Current.CancellationToken);

        var answer = await UpdateAsync(table, "SET v = v + :one, x = :one", asked, (":one", N(1)));

        Assert.Equal(expected?.Split(','), answer.Attributes is { Count: > 0 } attributes ? attributes.Keys.Order().ToArray() : null);
    }

    [Theory]
    [InlineData("SET l[5] = :one REMOVE l[0]", "2,3,1")]
    [InlineData("REMOVE l[0], l[2]", "2")]
    [InlineData("SET l = list_append(:list, l)", "9,1,2,3")]
    [InlineData("SET l[1] = l[0] + l[2]", "1,4,3")]
    [InlineData("REMOVE l[9]", "1,2,3")]
    public async Task UpdateItem_List_IsChangedInPlace(string update, string expected)
    {
        var table = await server.CreateTableAsync();
        await Client.PutItemAsync(table, Of(("p", S("a")), ("l", L(N(1), N(2), N(3)))), TestContext.Current.CancellationToken);
        var values = new[] { (":one", N(1)), (":list", L(N(9))) }.Where(value => update.Contains(value.Item1, StringComparison.Ordinal)).ToArray();

        var answer = await UpdateAsync(table, update, "ALL_NEW", values);

        Assert.Equal(expected, string.Join(',', answer.Attributes["l"].L.Select(element => element.N)));
    }

    [Fact]
    public async Task UpdateItem_Sets_AddAndDelete()
    {
        var table = await server.CreateTableAsync();

        await UpdateAsync(table, "ADD s :ab, n :one", "NONE", (":ab", SS("a", "b")), (":one", N("0.5")));
        var answer = await UpdateAsync(table, "DELETE s :ab ADD n :one, t :ab", "ALL_NEW", (":ab", SS("a", "b")), (":one", N("0.5")));

        Assert.Equal(["n", "p", "t"], answer.Attributes.Keys.Order());
        Assert.Equal("1", answer.Attributes["n"].N);
    }

    [Theory]
    [InlineData("SET v.x = :one", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET v = absent + :one", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET v = t + :one", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET p = :one", "One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key")]
    public async Task UpdateItem_ItemDoesNotAllowIt_SaysWhatAwsSays(string update, string expected)
    {
        var table = await server.CreateTableAsync();
        await Client.PutItemAsync(table, Of(("p", S("a")), ("t", S("text"))), TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => UpdateAsync(table, update, "NONE", (":one", N(1))));

        Assert.Equal("ValidationException", failure.ErrorCode);
        Assert.Equal(expected, failure.Message);
    }

    [Fact]
    public async Task UpdateItem_ManyAtOnce_LosesNone()
    {
        var table = await server.CreateTableAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => UpdateAsync(table, "ADD n :one", "NONE", (":one", N(1)))));

        var read = await Client.GetItemAsync(table, Of(("p", S("a"))), TestContext.Current.CancellationToken);
        Assert.Equal("200", read.Item["n"].N);
    }

    [Fact]
    public async Task PutItem_TooLargeOrWrongKey_SaysWhatAwsSays()
    {
        var table = await server.CreateTableAsync();
        (Dictionary<string, AttributeValue> Item, string Message)[] cases =
        [
            (Of(("p", S("a")), ("v", S(new string('x', 400 * 1024)))), "Item size has exceeded the maximum allowed size"),
            (Of(("v", S("a"))), "One or more parameter values were invalid: Missing the key p in the item"),
            (Of(("p", N(1))), "One or more parameter values were invalid: Type mismatch for key p expected: S actual: N"),
            (Of(("p", S(""))), "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p"),
            (Of(("p", S(new string('k', 2049)))), "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes"),
            (Of(("p", S("a")), ("s", SS("x", "x"))), "One or more parameter values were invalid: Input collection [x, x] contains duplicates."),
            (Of(("p", S("a")), ("n", N("1e126"))), "Number overflow. Attempting to store a number with magnitude larger than supported range"),
        ];

        foreach (var (item, message) in cases)
        {
            var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.PutItemAsync(table, item, TestContext.Current.CancellationToken));

            Assert.Equal(message, failure.Message);
        }
    }

    private Task<UpdateItemResponse> UpdateAsync(string table, string update, string returnValues, params (string Name, AttributeValue Value)[] values) =>
        Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = Of(("p", S("a"))),
            UpdateExpression = update,
            ExpressionAttributeValues = values.Length == 0 ? null : Of(values),
            ReturnValues = returnValues,
        }, TestContext.Current.CancellationToken);
}
