using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SensorApp.Api;
using SensorApp.Api.Services.Cloud;
using SensorApp.Api.Storage;
using SensorApp.Tests.Mocks;

namespace SensorApp.Tests.Api;

/// <summary>The API inside the test process, on a free port, against a stand-in cloud of its own or a shared one.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    /// <summary>Far longer than anything awaited takes, so that only what never happens fails a test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication _app;
    private readonly MocksServer? _ownCloud;

    private ApiServer(WebApplication app, MocksServer? ownCloud, HttpClient http) => (_app, _ownCloud, Http) = (app, ownCloud, http);

    public HttpClient Http { get; }

    public IMetadataStore Metadata => Get<IMetadataStore>();

    public IBlobStore Blobs => Get<IBlobStore>();

    /// <param name="cloud">Null: one of its own, in memory.</param>
    /// <param name="clock">Null: the system's.</param>
    /// <param name="faults">What goes wrong on the way to the cloud; null: nothing.</param>
    /// <param name="switches">Settings, as <c>NAME=value</c>.</param>
    public static async Task<ApiServer> StartAsync(MocksServer? cloud = null, TimeProvider? clock = null, CloudFaults? faults = null, params string[] switches)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var ownCloud = cloud is null ? await MocksServer.StartAsync() : null;
        string[] args =
        [
            "--urls=http://127.0.0.1:0", $"--AWS_ENDPOINT_URL={(cloud ?? ownCloud)?.Address}", "--LOG_LEVEL=ERROR", "--Work:WarmUpLimit=00:00:00",
            "--Resilience:FirstDelay=00:00:00.01", "--Resilience:MaxDelay=00:00:00.02",
            // Tests read through the API's own clients: on a slow machine an injected outage lasts long enough to open the circuit,
            // and what they ask after it would be refused. The circuit has its tests with the policy, and in the whole application.
            "--Resilience:CircuitBreaker:MinimumThroughput=1000000", .. switches.Select(item => "--" + item),
        ];
        var app = ApiApplication.Build(args, builder => Configure(builder.Services, clock, faults));
        await app.StartAsync(cancellationToken);
        await app.Services.GetRequiredService<CloudSetup>().Created.WaitAsync(Patience, cancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return new ApiServer(app, ownCloud, new HttpClient { BaseAddress = new Uri(address) });
    }

    /// <summary>Settings with which all lines go to log files in that folder, and nowhere else.</summary>
    public static string[] LogFilesIn(string folder) => ["LOG_LEVEL=", "Logging:Console:LogLevel:Default=None", "FileLog:Enabled=true", $"FileLog:Directory={folder}"];

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async Task<JsonNode> GetJsonAsync(string path) =>
        await Http.GetFromJsonAsync<JsonNode>(path, TestContext.Current.CancellationToken) ?? throw new InvalidDataException($"{path} answered null.");

    /// <summary>Uploads one file and waits for its results.</summary>
    public async Task<JsonNode> ProcessAsync(string csv, string filename = "readings.csv", string query = "")
    {
        using var answer = await Http.PostAsync($"/upload?wait=60{query}", Form(csv, filename), TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    /// <summary>Completes when the condition holds; fails the test when it does not come true.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holdsAsync)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);

        while (!await holdsAsync())
        {
            await Task.Delay(Pause, limit.Token);
        }
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken) ?? throw new InvalidDataException("The answer is null.");

    public static MultipartFormDataContent Form(string csv, string filename = "readings.csv") => new() { { new StringContent(csv), "file", filename } };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();

        if (_ownCloud is not null)
        {
            await _ownCloud.DisposeAsync();
        }
    }

    private static void Configure(IServiceCollection services, TimeProvider? clock, CloudFaults? faults)
    {
        if (clock is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(clock));
        }

        if (faults is not null)
        {
            // Added after the resilience handler, so inside it: each try meets the faults anew.
            services.AddHttpClient("s3").AddHttpMessageHandler(() => new FaultHandler((request, token) => faults.OnS3Async(request, token)));
            services.AddHttpClient("cloud-probe").AddHttpMessageHandler(() => new FaultHandler((request, token) => faults.OnProbeAsync(request, token)));
            services.AddHttpClient("dynamodb").AddHttpMessageHandler(() => new FaultHandler((request, token) => faults.OnDynamoDbAsync(request, token)));
            services.AddHttpClient("cloud-probe").AddHttpMessageHandler(() => new FaultHandler((request, token) =>
                request.Headers.Contains("X-Amz-Target") ? faults.OnDynamoDbAsync(request, token) : faults.OnS3Async(request, token)));
        }
    }

    private sealed class FaultHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>> onRequestAsync) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            await onRequestAsync(request, cancellationToken) ?? await base.SendAsync(request, cancellationToken);
    }
}
