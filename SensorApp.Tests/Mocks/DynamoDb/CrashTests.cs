using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

using static SensorApp.Tests.Mocks.DynamoDb.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

/// <summary>
/// Kills the process at any moment under load, and compares what was acknowledged with what is there after a start.
/// <c>CRASH_ROUNDS</c> sets how often.
/// </summary>
public sealed partial class CrashTests : IDisposable
{
    private const string TableName = "crash";
    private const int Writers = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("sensorapp-crash-").FullName;
    private readonly ConcurrentDictionary<string, long> _acknowledged = [];
    private readonly ConcurrentDictionary<string, long> _attempted = [];

    private Process? _cloud;

    public void Dispose()
    {
        // A test that fails half-way must not leave the process behind.
        if (_cloud is { HasExited: false })
        {
            _cloud.Kill();
            _cloud.WaitForExit();
        }

        _cloud?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Kill_UnderLoad_LosesNothingThatWasAcknowledged()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("CRASH_ROUNDS") ?? "2", CultureInfo.InvariantCulture);
        var random = new Random(5);

        for (var round = 0; round < rounds; round++)
        {
            var cloud = Start();
            using var client = ClientOf(await ListeningAsync(cloud));

            if (round == 0)
                await CreateTableAsync(client);
            else
                await CompareAsync(client);

            await WriteUntilKilledAsync(cloud, client, random.Next(1, 400));
        }

        using var reader = ClientOf(await ListeningAsync(Start()));
        await CompareAsync(reader);
    }

    private async Task WriteUntilKilledAsync(Process cloud, AmazonDynamoDBClient client, int writesBeforeKill)
    {
        var left = writesBeforeKill;
        var writers = Enumerable.Range(0, Writers).Select(writer => WriteAsync(client, $"w{writer.ToString(CultureInfo.InvariantCulture)}", () =>
        {
            if (Interlocked.Decrement(ref left) == 0)
                cloud.Kill();
        }));

        await Task.WhenAll(writers);
        await cloud.WaitForExitAsync(TestContext.Current.CancellationToken);
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

    private static AmazonDynamoDBClient ClientOf(Uri address) => new(
        new BasicAWSCredentials(MocksServer.AccessKey, MocksServer.SecretKey),
        new AmazonDynamoDBConfig { ServiceURL = address.ToString(), MaxErrorRetry = 0, AuthenticationRegion = "us-east-1" });

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = _folder };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "SensorApp.Mocks.dll"));
        start.ArgumentList.Add("--urls=http://127.0.0.1:0");
        start.ArgumentList.Add($"--MOCKS_DATA_DIR={Path.Combine(_folder, "data")}");
        start.ArgumentList.Add($"--MOCKS_ACCESS_KEYS={MocksServer.AccessKey}:{MocksServer.SecretKey}");
        _cloud?.Dispose();
        _cloud = Process.Start(start) ?? throw new InvalidOperationException("The stand-in cloud does not start.");
        return _cloud;
    }

    private static async Task<Uri> ListeningAsync(Process cloud)
    {
        while (await cloud.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Listening.Match(line) is { Success: true } match)
            {
                // Nobody reads on, and a full pipe would stop the process.
                _ = cloud.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Uri(match.Groups["address"].Value);
            }
        }

        throw new InvalidOperationException("The stand-in cloud ended before it listened.");
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)")]
    private static partial Regex Listening { get; }
}
