using System.Net;

namespace SensorApp.Tests.Mocks.DynamoDb;

/// <summary>Requests are checked as a whole: first the types of everything in them, then single members, then the rest.</summary>
public sealed class RequestShapeTests : IAsyncLifetime
{
    private const string Table = "\"TableName\":\"ttt\"";
    private const string CannotCast = "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "
        + "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of loader 'bootstrap')";

    private MocksServer? _server;
    private HttpClient? _http;

    private HttpClient Http => _http ?? throw new InvalidOperationException("The server is not started.");

    public async ValueTask InitializeAsync()
    {
        _server = await MocksServer.StartAsync(switches: "MOCKS_ACCEPT_ANY_KEY=true");
        _http = _server.Http();
        await Http.PostAsync("CreateTable", $"{{{Table},\"KeySchema\":[{{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"}}],\"AttributeDefinitions\":[{{\"AttributeName\":\"p\",\"AttributeType\":\"S\"}}],\"BillingMode\":\"PAY_PER_REQUEST\"}}");
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData("GetItem", "{\"TableName\":1}", "NUMBER_VALUE cannot be converted to String")]
    [InlineData("GetItem", "{\"TableName\":1.5}", "DECIMAL_VALUE cannot be converted to String")]
    [InlineData("GetItem", "{\"TableName\":[]}", "Unrecognized collection type class java.lang.String")]
    [InlineData("GetItem", "{\"TableName\":{}}", "Start of structure or map found where not expected")]
    [InlineData("GetItem", "{\"Key\":\"x\"}", "Unexpected field type")]
    [InlineData("GetItem", "{\"Key\":[]}", "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>")]
    [InlineData("GetItem", "{\"Key\":{\"p\":\"x\"}}", "Unexpected value type in payload")]
    [InlineData("GetItem", "{\"Key\":{\"p\":[]}}", "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue")]
    [InlineData("GetItem", "{\"Key\":{\"p\":{\"B\":1}}}", "only base-64-encoded strings are convertible to bytes")]
    [InlineData("GetItem", "{\"Key\":{\"p\":{\"B\":\"23456\"}}}", "Base64 encoded length is expected a multiple of 4 bytes but found: 5")]
    [InlineData("GetItem", "{\"Key\":{\"p\":{\"B\":\"=+/=\"}}}", "Invalid last non-pad Base64 character dectected")]
    [InlineData("GetItem", "{\"Key\":{\"p\":{\"B\":\"QR==\"}}}", "Invalid last non-pad Base64 character dectected")]
    [InlineData("GetItem", "{\"ConsistentRead\":\"perhaps\"}", "Unexpected token received from parser")]
    [InlineData("GetItem", "{\"ConsistentRead\":1}", "NUMBER_VALUE cannot be converted to Boolean")]
    [InlineData("GetItem", "{\"AttributesToGet\":{}}", "Start of structure or map found where not expected")]
    [InlineData("Scan", "{\"Limit\":\"5\"}", "STRING_VALUE cannot be converted to Integer")]
    [InlineData("Query", "{\"KeyConditions\":{\"p\":true}}", "Unexpected value type in payload")]
    [InlineData("CreateTable", "{\"ProvisionedThroughput\":{\"ReadCapacityUnits\":true}}", "TRUE_VALUE cannot be converted to Long")]
    [InlineData("CreateTable", "{\"GlobalSecondaryIndexes\":[{\"Projection\":5}]}", "Unexpected field type")]
    [InlineData("BatchGetItem", "{\"RequestItems\":{\"ttt\":{\"Keys\":[5]}}}", CannotCast)]
    [InlineData("BatchWriteItem", "{\"RequestItems\":{\"ttt\":5}}", CannotCast)]
    [InlineData("GetItem", "[]", "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.GetItemInput")]
    [InlineData("GetItem", "{", "")]
    public async Task Request_OfAnotherType_IsToldAsTheServiceTellsIt(string operation, string body, string expected)
    {
        var (status, answer, _) = await Http.PostAsync(operation, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(("SerializationException", expected), RawRequests.ReadError(answer));
    }

    [Theory]
    [InlineData("CreateTable", "{}", "The parameter 'TableName' is required but was not present in the request")]
    [InlineData("PutItem", "{\"TableName\":\"\",\"Item\":{\"p\":{\"S\":\"a\"}}}", "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("Query", "{" + Table + ",\"Limit\":0}", "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData("BatchGetItem", "{\"RequestItems\":{}}", "The requestItems parameter is required for BatchGetItem")]
    [InlineData("BatchWriteItem", "{\"RequestItems\":{\"ttt\":[]}}", "1 validation error detected: Value '{ttt=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]")]
    [InlineData("BatchWriteItem", "{\"RequestItems\":{\"a!\":[{\"DeleteRequest\":{\"Key\":{\"p\":{\"S\":\"x\"}}}}]}}", "1 validation error detected: Value '{a!=[WriteRequest(deleteRequest=DeleteRequest(key={p=AttributeValue(s=x)}))]}' at 'requestItems' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]")]
    [InlineData("CreateTable", "{\"TableName\":\"new\",\"AttributeDefinitions\":[],\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"X\"}]}", "1 validation error detected: Value 'X' at 'keySchema.1.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]")]
    [InlineData("CreateTable", "{\"TableName\":\"new\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{\"AttributeName\":\"p\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"p\",\"KeyType\":\"RANGE\"}]}", "Invalid KeySchema: Some index key attribute have no definition")]
    [InlineData("GetItem", "{" + Table + ",\"Key\":{\"p\":{\"S\":\"a\"}},\"ProjectionExpression\":\"!!! no\"}", "Invalid ProjectionExpression: Syntax error; token: \"!\", near: \"!!\"")]
    [InlineData("GetItem", "{\"TableName\":\"absent\",\"Key\":{\"p\":{}}}", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("PutItem", "{" + Table + ",\"Item\":{\"p\":{\"S\":\"a\"},\"\":{\"S\":\"b\"}}}", "Empty attribute name")]
    [InlineData("PutItem", "{" + Table + ",\"Item\":{\"p\":{\"S\":\"a\"},\"b\":{\"BS\":[\"AA==\",\"AA==\"]}}}", "One or more parameter values were invalid: Input collection [AA==, AA==]of type BS contains duplicates.")]
    [InlineData("Query", "{" + Table + ",\"KeyConditionExpression\":\"p = :p\",\"ExpressionAttributeValues\":{\":p\":{\"S\":\"a\"}},\"ExclusiveStartKey\":{\"p\":{\"S\":\"a\"}}}", "The provided exclusive start key is invalid: ExclusiveStartKey: {p=AttributeValue(s=a)}")]
    [InlineData("ListTagsOfResource", "{}", "Invalid TableArn")]
    public async Task Request_AgainstARule_IsToldAsTheServiceTellsIt(string operation, string body, string expected)
    {
        var (status, answer, _) = await Http.PostAsync(operation, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(("ValidationException", expected), RawRequests.ReadError(answer));
    }

    [Fact]
    public async Task BatchGetItem_MoreThan100Keys_NamesTheTable()
    {
        var keys = string.Join(',', Enumerable.Range(0, 101).Select(i => $"{{\"p\":{{\"S\":\"{i}\"}}}}"));

        var (_, answer, _) = await Http.PostAsync("BatchGetItem", $"{{\"RequestItems\":{{\"ttt\":{{\"Keys\":[{keys}]}}}}}}");

        Assert.Equal(
            "1 validation error detected: Value at 'RequestItems.ttt.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100",
            RawRequests.ReadError(answer).Message);
    }

    [Fact]
    public async Task BatchWriteItem_ManyLargeWrites_AnswersWithAShortMessage()
    {
        var value = new string('x', 100_000);
        var writes = string.Join(',', Enumerable.Range(0, 100).Select(i => $"{{\"PutRequest\":{{\"Item\":{{\"p\":{{\"S\":\"{i}\"}},\"v\":{{\"S\":\"{value}\"}}}}}}}}"));

        var (status, answer, _) = await Http.PostAsync("BatchWriteItem", $"{{\"RequestItems\":{{\"ttt\":[{writes}]}}}}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.InRange(answer.Length, 1, 200_000);
    }

    [Theory]
    [InlineData("\"true\"", true)]
    [InlineData("\"no\"", false)]
    [InlineData("true", true)]
    public async Task GetItem_FlagAsText_IsTaken(string consistent, bool costsAWholeUnit)
    {
        var (status, answer, _) = await Http.PostAsync(
            "GetItem", $"{{{Table},\"Key\":{{\"p\":{{\"S\":\"a\"}}}},\"ReturnConsumedCapacity\":\"TOTAL\",\"ConsistentRead\":{consistent}}}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains($"\"CapacityUnits\":{(costsAWholeUnit ? "1" : "0.5")}", System.Text.Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithoutTarget_IsAnUnknownOperation()
    {
        var (status, answer, response) = await Http.PostAsync(operation: null, "{}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(("UnknownOperationException", ""), RawRequests.ReadError(answer));
        Assert.Matches("^[0-9A-Z]{52}$", response.Headers.GetValues("x-amzn-RequestId").Single());
    }
}
