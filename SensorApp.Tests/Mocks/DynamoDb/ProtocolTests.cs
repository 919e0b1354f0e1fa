using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Net;
using System.Text;
using System.Text.Json;

namespace SensorApp.Tests.Mocks.DynamoDb;

/// <summary>What comes over the wire that no SDK would send. The server takes any key, so that these tests need not sign.</summary>
public sealed class ProtocolTests : IAsyncLifetime
{
    private MocksServer? _server;
    private HttpClient? _http;

    public async ValueTask InitializeAsync()
    {
        _server = await MocksServer.StartAsync(switches: "MOCKS_ACCEPT_ANY_KEY=true");
        _http = _server.Http();
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"TableName\":1}")]
    [InlineData("{\"TableName\":\"ttt\",\"Key\":[]}")]
    [InlineData("{\"TableName\":\"ttt\",\"Key\":{\"p\":\"a\"}}")]
    [InlineData("{\"TableName\":\"ttt\",\"Key\":{\"p\":{\"N\":1}}}")]
    [InlineData("{\"TableName\":\"ttt\",\"Key\":{\"p\":{\"B\":\"?\"}}}")]
    [InlineData("{\"TableName\":\"ttt\",\"ConsistentRead\":\"perhaps\",\"Key\":{\"p\":{\"S\":\"a\"}}}")]
    [InlineData("{\"TableName\":\"ttt\",\"Key\":{\"p\":{\"S\":\"\\ud800\"}}}")]
    public async Task Request_NotTheProtocolsJson_IsASerializationException(string body)
    {
        await CreateTableAsync();

        var (status, answer, _) = await SendAsync("GetItem", Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("com.amazon.coral.service#SerializationException", TypeOf(answer));
    }

    [Theory]
    [InlineData("GetItem", "{}", "2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null; Value null at 'key' failed to satisfy constraint: Member must not be null")]
    [InlineData("GetItem", "{\"TableName\":\"ttt\",\"Key\":{\"p\":{}}}", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("GetItem", "{\"TableName\":\"ttt\",\"Key\":{\"p\":{\"S\":\"a\",\"N\":\"1\"}}}", "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")]
    [InlineData("Scan", "{\"TableName\":\"ttt\",\"Limit\":0}", "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData("Scan", "{\"TableName\":\"ttt\",\"Select\":\"SOME\"}", "1 validation error detected: Value 'SOME' at 'select' failed to satisfy constraint: Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]")]
    [InlineData("PutItem", "{\"TableName\":\"ttt\",\"Item\":{\"p\":{\"S\":\"a\"}},\"ReturnValues\":\"ALL_NEW\"}", "ReturnValues can only be ALL_OLD or NONE")]
    [InlineData("UpdateItem", "{\"TableName\":\"ttt\",\"Key\":{\"p\":{\"S\":\"a\"}},\"ExpressionAttributeNames\":{\"#a\":\"a\"}}", "ExpressionAttributeNames can only be specified when using expressions")]
    public async Task Request_AgainstARule_SaysWhatAwsSays(string operation, string body, string expected)
    {
        await CreateTableAsync();

        var (status, answer, _) = await SendAsync(operation, Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("com.amazon.coral.validate#ValidationException", TypeOf(answer));
        Assert.Equal(expected, JsonDocument.Parse(answer).RootElement.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(200)]
    [InlineData(100_000)]
    public async Task PutItem_DeepDocument_IsRefused(int depth)
    {
        await CreateTableAsync();
        var open = string.Concat(Enumerable.Repeat("{\"L\":[", depth));
        var close = string.Concat(Enumerable.Repeat("]}", depth));
        var body = $"{{\"TableName\":\"ttt\",\"Item\":{{\"p\":{{\"S\":\"a\"}},\"d\":{open}{close}}}}}";

        var (status, answer, _) = await SendAsync("PutItem", Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.EndsWith(depth < 200 ? "ValidationException" : "SerializationException", TypeOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutItem_32Levels_IsTaken()
    {
        await CreateTableAsync();
        var document = string.Concat(Enumerable.Repeat("{\"L\":[", 31)) + "{\"S\":\"deep\"}" + string.Concat(Enumerable.Repeat("]}", 31));

        var (status, _, _) = await SendAsync("PutItem", Encoding.UTF8.GetBytes($"{{\"TableName\":\"ttt\",\"Item\":{{\"p\":{{\"S\":\"a\"}},\"d\":{document}}}}}"));

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData("Item")]
    [InlineData("ExpressionAttributeValues")]
    public async Task PutItem_33Levels_IsRefused(string where)
    {
        await CreateTableAsync();
        var document = string.Concat(Enumerable.Repeat("{\"M\":{\"x\":", 32)) + "{\"S\":\"deep\"}" + string.Concat(Enumerable.Repeat("}}", 32));
        var rest = where == "Item"
            ? $"\"Item\":{{\"p\":{{\"S\":\"a\"}},\"d\":{document}}}"
            : $"\"Item\":{{\"p\":{{\"S\":\"a\"}}}},\"ConditionExpression\":\"d <> :d\",\"ExpressionAttributeValues\":{{\":d\":{document}}}";

        var (_, answer, _) = await SendAsync("PutItem", Encoding.UTF8.GetBytes($"{{\"TableName\":\"ttt\",{rest}}}"));

        var (type, message) = RawRequests.ReadError(answer);
        Assert.Equal("ValidationException", type);
        Assert.Contains("Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ExecuteStatement")]
    [InlineData("NoSuchThing")]
    [InlineData("")]
    public async Task Request_UnknownOperation_IsSaidToBeUnknown(string operation)
    {
        var (status, answer, _) = await SendAsync(operation, "{}"u8.ToArray());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("com.amazon.coral.service#UnknownOperationException", TypeOf(answer));
    }

    [Theory]
    [InlineData(1000, HttpStatusCode.OK)]
    [InlineData(17 * 1024 * 1024, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Request_Compressed_CountsAsWhatItUnpacksTo(int blanks, HttpStatusCode expected)
    {
        using var packed = new MemoryStream();

        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("{}" + new string(' ', blanks)), TestContext.Current.CancellationToken);

        var (status, _, _) = await SendAsync("ListTables", packed.ToArray(), "gzip");

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task UpdateTable_TooMuchThroughputOfAnIndex_LooksForTheTableFirst()
    {
        var (_, answer, _) = await SendAsync(
            "UpdateTable",
            "{\"TableName\":\"none\",\"GlobalSecondaryIndexUpdates\":[{\"Update\":{\"IndexName\":\"abc\",\"ProvisionedThroughput\":{\"ReadCapacityUnits\":1000000000001,\"WriteCapacityUnits\":1}}}]}"u8.ToArray());

        Assert.Contains("ResourceNotFoundException", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_MoreThan16Megabytes_IsTooLarge()
    {
        var (status, _, _) = await SendAsync("PutItem", new byte[(16 * 1024 * 1024) + 1]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Theory]
    [InlineData("ListTables")]
    [InlineData("Scan")]
    public async Task Answer_GoodOrBad_CarriesItsChecksum(string operation)
    {
        var (_, answer, checksum) = await SendAsync(operation, "{}"u8.ToArray());

        Assert.Equal(Crc32.HashToUInt32(answer).ToString(CultureInfo.InvariantCulture), checksum);
    }

    [Fact]
    public async Task Request_WithoutSignature_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");

        using var response = await _http!.SendAsync(request, TestContext.Current.CancellationToken); // set before each test

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.EndsWith("MissingAuthenticationTokenException", TypeOf(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_RandomlyDamaged_NeverBreaksTheServer()
    {
        await CreateTableAsync();
        var random = new Random(11);
        (string Operation, string Body)[] samples =
        [
            ("PutItem", "{\"TableName\":\"ttt\",\"Item\":{\"p\":{\"S\":\"a\"},\"n\":{\"NS\":[\"1\",\"2\"]},\"m\":{\"M\":{\"x\":{\"L\":[{\"B\":\"AAE=\"}]}}}},\"ConditionExpression\":\"attribute_exists(p) OR n = :n\",\"ExpressionAttributeValues\":{\":n\":{\"N\":\"1\"}}}"),
            ("UpdateItem", "{\"TableName\":\"ttt\",\"Key\":{\"p\":{\"S\":\"a\"}},\"UpdateExpression\":\"SET a.b[1] = list_append(:n, c) REMOVE d ADD e :n\",\"ExpressionAttributeValues\":{\":n\":{\"N\":\"1\"}},\"ReturnValues\":\"ALL_NEW\"}"),
            ("Query", "{\"TableName\":\"ttt\",\"KeyConditionExpression\":\"p = :p\",\"ExpressionAttributeValues\":{\":p\":{\"S\":\"a\"}},\"Limit\":5,\"ExclusiveStartKey\":{\"p\":{\"S\":\"a\"}}}"),
            ("TransactWriteItems", "{\"TransactItems\":[{\"Put\":{\"TableName\":\"ttt\",\"Item\":{\"p\":{\"S\":\"a\"}}}},{\"Delete\":{\"TableName\":\"ttt\",\"Key\":{\"p\":{\"S\":\"b\"}}}}],\"ClientRequestToken\":\"x\"}"),
            ("CreateTable", "{\"TableName\":\"new\",\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":[{\"AttributeName\":\"p\",\"AttributeType\":\"S\"}],\"BillingMode\":\"PAY_PER_REQUEST\",\"GlobalSecondaryIndexes\":[{\"IndexName\":\"iii\",\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"}],\"Projection\":{\"ProjectionType\":\"ALL\"}}]}"),
            ("BatchWriteItem", "{\"RequestItems\":{\"ttt\":[{\"PutRequest\":{\"Item\":{\"p\":{\"S\":\"a\"}}}},{\"DeleteRequest\":{\"Key\":{\"p\":{\"S\":\"b\"}}}}]}}"),
        ];

        for (var i = 0; i < 3000; i++)
        {
            var (operation, body) = samples[i % samples.Length];

            var (status, _, _) = await SendAsync(operation, Damage(Encoding.UTF8.GetBytes(body), random));

            Assert.True((int)status < 500, $"{operation} with damage {i} gave {status}");
        }
    }

    private static byte[] Damage(byte[] body, Random random)
    {
        var damaged = body.ToList();

        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(damaged.Count);
            var length = Math.Min(random.Next(1, 12), damaged.Count - at);

            switch (random.Next(4))
            {
                case 0:
                    damaged.RemoveRange(at, length);
                    break;
                case 1:
                    damaged.InsertRange(at, damaged.GetRange(at, length));
                    break;
                case 2:
                    damaged[at] = (byte)random.Next(256);
                    break;
                default:
                    damaged[at] = (byte)"{}[]\":,0n"[random.Next(9)];
                    break;
            }
        }

        return [.. damaged];
    }

    private async Task CreateTableAsync() => await SendAsync(
        "CreateTable",
        "{\"TableName\":\"ttt\",\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":[{\"AttributeName\":\"p\",\"AttributeType\":\"S\"}],\"BillingMode\":\"PAY_PER_REQUEST\"}"u8.ToArray());

    private async Task<(HttpStatusCode Status, byte[] Answer, string Checksum)> SendAsync(string operation, byte[] body, string encoding = "identity")
    {
        var (status, answer, response) = await _http!.PostAsync(operation, body, encoding); // set before each test
        return (status, answer, response.Headers.TryGetValues("x-amz-crc32", out var values) ? values.Single() : "");
    }

    private static string TypeOf(byte[] answer) => JsonDocument.Parse(answer).RootElement.GetProperty("__type").GetString() ?? "";
}
