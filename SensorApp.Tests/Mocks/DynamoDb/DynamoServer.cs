using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

[assembly: AssemblyFixture(typeof(SensorApp.Tests.Mocks.DynamoDb.DynamoServer))]

namespace SensorApp.Tests.Mocks.DynamoDb;

/// <summary>One stand-in cloud in memory for all tests that need nothing special of it; each test makes tables of its own.</summary>
public sealed class DynamoServer : IAsyncLifetime
{
    private MocksServer? _server;
    private AmazonDynamoDBClient? _client;

    public AmazonDynamoDBClient Client => _client ?? throw new InvalidOperationException("The server is not started.");

    public MocksServer Server => _server ?? throw new InvalidOperationException("The server is not started.");

    public async ValueTask InitializeAsync()
    {
        _server = await MocksServer.StartAsync();
        _client = _server.DynamoDb();
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    public Task<string> CreateTableAsync(bool withRange = false, Action<CreateTableRequest>? adjust = null) =>
        CreateTableAsync(Client, withRange, adjust);

    /// <summary>A new table with the hash key <c>p</c> and, if wanted, the range key <c>c</c>, both strings.</summary>
    public static async Task<string> CreateTableAsync(AmazonDynamoDBClient client, bool withRange = false, Action<CreateTableRequest>? adjust = null)
    {
        var request = new CreateTableRequest
        {
            TableName = "t" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("p", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("p", ScalarAttributeType.S)],
        };

        if (withRange)
        {
            request.KeySchema.Add(new KeySchemaElement("c", KeyType.RANGE));
            request.AttributeDefinitions.Add(new AttributeDefinition("c", ScalarAttributeType.S));
        }

        adjust?.Invoke(request);
        await client.CreateTableAsync(request, TestContext.Current.CancellationToken);
        return request.TableName;
    }

    /// <summary>Adds a global index on one string attribute, or on two.</summary>
    public static void AddIndex(CreateTableRequest table, string name, ProjectionType projection, string hash, string? range = null)
    {
        var keys = new List<KeySchemaElement> { new(hash, KeyType.HASH) };

        if (range is not null)
            keys.Add(new KeySchemaElement(range, KeyType.RANGE));

        foreach (var key in keys.Where(key => table.AttributeDefinitions.TrueForAll(known => known.AttributeName != key.AttributeName)))
            table.AttributeDefinitions.Add(new AttributeDefinition(key.AttributeName, ScalarAttributeType.S));

        table.GlobalSecondaryIndexes = [.. table.GlobalSecondaryIndexes ?? [], new GlobalSecondaryIndex
        {
            IndexName = name,
            KeySchema = keys,
            Projection = new Projection { ProjectionType = projection },
        }];
    }
}
