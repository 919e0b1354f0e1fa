using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SensorApp.Mocks;

namespace SensorApp.Tests.Mocks;

/// <summary>The stand-in cloud inside the test process, on a free port of loopback, with SDK clients for it. In memory unless given a folder.</summary>
public sealed class MocksServer : IAsyncDisposable
{
    public const string AccessKey = "sensorapp";
    public const string SecretKey = "sensorapp-secret";

    private readonly WebApplication _app;
    private readonly List<IDisposable> _clients = [];

    private MocksServer(WebApplication app) => _app = app;

    public Uri Address { get; private init; } = null!; // set by StartAsync, the only way to make one

    public IServiceProvider Services => _app.Services;

    /// <param name="dataFolder">Null: in memory.</param>
    /// <param name="clock">Null: the system's.</param>
    /// <param name="switches">Further settings, as <c>NAME=value</c>.</param>
    public static async Task<MocksServer> StartAsync(string? dataFolder = null, TimeProvider? clock = null, params string[] switches)
    {
        string[] args =
        [
            "--urls=http://127.0.0.1:0", $"--MOCKS_DATA_DIR={dataFolder}", $"--MOCKS_ACCESS_KEYS={AccessKey}:{SecretKey}", "--LOG_LEVEL=WARNING",
            .. switches.Select(item => "--" + item),
        ];
        var app = MocksApplication.Build(args, builder =>
        {
            if (clock is not null)
                builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return new MocksServer(app) { Address = new Uri(address) };
    }

    /// <summary>A client wired as the API's: path-style, no retries of its own. The server disposes it.</summary>
    public AmazonS3Client S3(string accessKey = AccessKey, string secretKey = SecretKey, Action<AmazonS3Config>? configure = null)
    {
        var config = new AmazonS3Config { ServiceURL = Address.ToString(), ForcePathStyle = true, MaxErrorRetry = 0, AuthenticationRegion = "us-east-1", UseHttp = true };
        configure?.Invoke(config);
        var client = new AmazonS3Client(new BasicAWSCredentials(accessKey, secretKey), config);
        _clients.Add(client);
        return client;
    }

    /// <summary>A client wired as the API's. The server disposes it.</summary>
    public AmazonDynamoDBClient DynamoDb(string accessKey = AccessKey, string secretKey = SecretKey)
    {
        var client = new AmazonDynamoDBClient(
            new BasicAWSCredentials(accessKey, secretKey),
            new AmazonDynamoDBConfig { ServiceURL = Address.ToString(), MaxErrorRetry = 0, AuthenticationRegion = "us-east-1" });
        _clients.Add(client);
        return client;
    }

    /// <summary>A client for raw requests, whose headers may hold UTF-8. The server disposes it.</summary>
    public HttpClient Http()
    {
        var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = Address };
        _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _app.DisposeAsync();
    }
}
