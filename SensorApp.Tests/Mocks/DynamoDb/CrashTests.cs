using System.Collections.Concurrent;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

using static SensorApp.Tests.Mocks.DynamoDb.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

/// <summary>
/// Kills the process at any moment under load, and compares what was acknowledged with what is there after a start.
/// <c>CRASH_ROUNDS</c> sets how often.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private const string TableName = "crash";
    private const int Writers = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("sensorapp-crash-").FullName;
    private readonly ConcurrentDictionary<string, long> _acknowledged = [];
    private readonly ConcurrentDictionary<string, long> _attempted = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Kill_UnderLoad_LosesNothingThatWasAcknowledged()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("CRASH_ROUNDS") ?? "2", CultureInfo.InvariantCulture);
        var random = new Random(5);

        for (var round = 0; round < rounds; round++)
        {
            await using var cloud = await MocksProcess.StartAsync(_folder, TestContext.Current.CancellationToken);
            using var client = cloud.DynamoDb();

            if (round == 0)
                await CreateTableAsync(client);
            else
                await CompareAsync(client);

            await WriteUntilKilledAsync(cloud, client, random.Next(1, 400));
        }

        await using var last = await MocksProcess.StartAsync(_folder, TestContext.Current.CancellationToken);
        using var reader = last.DynamoDb();
        await CompareAsync(reader);
    }

    private async Task WriteUntilKilledAsync(MocksProcess cloud, AmazonDynamoDBClient client, int writesBeforeKill)
    {
        var left = writesBeforeKill;
        var enough = new TaskCompletionSource();
        var writers = Enumerable.Range(0, Writers).Select(writer => WriteAsync(client, $"w{writer.ToString(CultureInfo.InvariantCulture)}", () =>
        {
            if (Interlocked.Decrement(ref left) == 0)
                enough.SetResult();
        })).ToList();

        await enough.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cloud.KillAsync();
        await Task.WhenAll(writers);
    }

    /// <summary>Writes ever higher numbers, alone and as a pair, until the connection breaks.</summary>
    private async Task WriteAsync(AmazonDynamoDBClient client, string key, Action written)
    {
        try
        {
            for (var n = _attempted.GetValueOrDefault(key) + 1; ; n++)
            {
                _attempted[key] = n;
                await client.TransactWriteItemsAsync(
                    new TransactWriteItemsRequest { TransactItems = [Put(key + "a", n), Put(key + "b", n)] }, TestContext.Current.CancellationToken);
                await client.PutItemAsync(TableName, ItemOf(key, n), TestContext.Current.CancellationToken);
                _acknowledged[key] = n;
                written();
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or AmazonServiceException)
        {
            // The process is gone, which is what this waits for.
        }
    }

    private async Task CompareAsync(AmazonDynamoDBClient client)
    {
        var scan = await client.ScanAsync(new ScanRequest(TableName) { ConsistentRead = true }, TestContext.Current.CancellationToken);
        var stored = scan.Items.ToDictionary(item => item["p"].S, item => long.Parse(item["n"].N, CultureInfo.InvariantCulture));

        foreach (var (key, acknowledged) in _acknowledged)
            Assert.InRange(stored[key], acknowledged, _attempted[key]);

        foreach (var key in _attempted.Keys)
            Assert.Equal(stored.GetValueOrDefault(key + "a"), stored.GetValueOrDefault(key + "b"));
    }

    private static Task CreateTableAsync(AmazonDynamoDBClient client) =>
        DynamoServer.CreateTableAsync(client, adjust: request => request.TableName = TableName);

    private static Dictionary<string, AttributeValue> ItemOf(string key, long n) => Of(("p", S(key)), ("n", N(n)));

    private static TransactWriteItem Put(string key, long n) => new() { Put = new Put { TableName = TableName, Item = ItemOf(key, n) } };
}
