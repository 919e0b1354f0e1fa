using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Pages;
using Aspire.Hosting.Dashboard.Telemetry;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

using static SensorApp.Tests.LocalHosting.OtlpRequest;

namespace SensorApp.Tests.LocalHosting;

public sealed class DashboardTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_WithoutTheLink_IsRefusedAndWithItShowsTheResources()
    {
        await using var app = await StartAsync();
        var access = app.Services.GetRequiredService<DashboardAccess>();
        using var client = Client(access);

        var stranger = await client.GetAsync("/", Cancellation);
        var wrongLink = await client.GetAsync("/login?t=wrong", Cancellation);
        var page = await client.GetStringAsync($"/login?t={access.Token}", Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (stranger.StatusCode, wrongLink.StatusCode));
        Assert.Contains("only", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/traces", "/traces")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("https://elsewhere.example", "/")]
    public async Task LogIn_ReturnUrl_LeadsToOwnPagesOnly(string returnUrl, string expected)
    {
        await using var app = await StartAsync();
        var access = app.Services.GetRequiredService<DashboardAccess>();
        using var client = Client(access);

        using var answer = await client.GetAsync($"/login?t={access.Token}&returnUrl={Uri.EscapeDataString(returnUrl)}", Cancellation);

        Assert.Equal(expected, answer.RequestMessage?.RequestUri?.AbsolutePath);
    }

    [Fact]
    public async Task Get_ForeignHostName_IsRefused()
    {
        await using var app = await StartAsync();
        var access = app.Services.GetRequiredService<DashboardAccess>();
        using var client = Client(access);
        client.DefaultRequestHeaders.Host = "rebound.example";

        var answer = await client.GetAsync($"/login?t={access.Token}", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Post_TelemetryWithItsKey_IsShown()
    {
        await using var app = await StartAsync();
        var access = app.Services.GetRequiredService<DashboardAccess>();
        using var client = Client(access);
        var span = WithItem(Message((1, new byte[] { 0xAB, 0xCD, 0xEF, 0x01 }), (2, new byte[] { 0x02 }), (5, Text("upload <file>")), (7, 1UL), (8, 2UL)));

        var refused = await SendAsync(client, "/v1/traces", span, key: "wrong");
        var taken = await SendAsync(client, "/v1/traces", span, access.TelemetryKey);
        await client.GetAsync($"/login?t={access.Token}", Cancellation);
        var list = await client.GetStringAsync("/traces", Cancellation);
        var trace = await client.GetStringAsync("/traces/abcdef01", Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, taken.StatusCode));
        Assert.Contains("upload &lt;file&gt;", list, StringComparison.Ordinal);
        Assert.Contains("upload &lt;file&gt;", trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortTaken_TakesAFreeOne()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;

        await using var app = await StartAsync(taken);

        Assert.NotEqual(taken, new Uri(app.Services.GetRequiredService<DashboardAccess>().Address!).Port); // it listens
    }

    [Fact]
    public async Task Start_WithDashboard_ServicesAreToldWhereTelemetryGoes()
    {
        await using var app = await StartAsync();
        var access = app.Services.GetRequiredService<DashboardAccess>();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);
        using var service = app.CreateHttpClient("only");

        var environment = await service.GetFromJsonAsync<Dictionary<string, string>>("/environment", Cancellation) ?? [];

        Assert.Equal(
            (access.Address, "http/protobuf", $"{DashboardAccess.TelemetryKeyHeader}={access.TelemetryKey}"),
            (environment["OTEL_EXPORTER_OTLP_ENDPOINT"], environment["OTEL_EXPORTER_OTLP_PROTOCOL"], environment["OTEL_EXPORTER_OTLP_HEADERS"]));
        Assert.DoesNotContain("OTEL_BSP_SCHEDULE_DELAY", environment.Keys);
    }

    [Fact]
    public void Metrics_Counter_IsShownAsItsGrowthPerSecondAndInAll()
    {
        var store = new TelemetryStore();
        var info = new MetricInfo("sensorapp.files", MetricKind.Counter, "{file}", "Files.");
        var key = new MetricKey("api (1)", info.Name, "status=processed, host=a");
        store.Add(key, info, new MetricPoint(DateTimeOffset.UnixEpoch, 100, Count: null));
        store.Add(key, info, new MetricPoint(DateTimeOffset.UnixEpoch.AddSeconds(2), 1500, Count: null));
        store.Add(key with { Labels = "status=failed, host=a" }, info, new MetricPoint(DateTimeOffset.UnixEpoch, 1, Count: null));

        var page = MetricsPage.Render(store.Series, chosen: null).Markup;

        Assert.Contains(">700/s<", page, StringComparison.Ordinal);
        Assert.Contains("status=processed <b>1.5k in all</b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("host=a", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_MoreLinesThanAreKept_DropTheOneSilentTheLongest()
    {
        var store = new TelemetryStore();
        var info = new MetricInfo("m", MetricKind.Gauge, "", "");

        for (var line = 0; line < 501; line++)
        {
            store.Add(new MetricKey("api", "m", FormattableString.Invariant($"line={line}")), info, new MetricPoint(DateTimeOffset.UnixEpoch.AddSeconds(line), 1, Count: null));
        }

        Assert.Equal(500, store.Series.Count());
        Assert.DoesNotContain(store.Series, series => series.Key.Labels == "line=0");
    }

    [Fact]
    public void Logs_Filtered_ShowOnlyWhatMatches()
    {
        LogEntry[] logs =
        [
            new("api", DateTimeOffset.UnixEpoch, 9, "Information", "SensorApp", "accepted", "", []),
            new("api", DateTimeOffset.UnixEpoch, 17, "Error", "SensorApp", "store gone", "", []),
            new("web", DateTimeOffset.UnixEpoch, 17, "Error", "SensorApp", "api gone", "", []),
        ];

        var page = LogsPage.Render(logs, service: "api", severity: 13, text: "gone").Markup;

        Assert.Contains("store gone", page, StringComparison.Ordinal);
        Assert.DoesNotContain("accepted", page, StringComparison.Ordinal);
        Assert.DoesNotContain("api gone", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Trace_LinkedFromAnother_NamesBothWays()
    {
        TraceSpan[] spans =
        [
            new() { Service = "api", TraceId = "aaaa", SpanId = "1", Name = "upload" },
            new() { Service = "api", TraceId = "bbbb", SpanId = "2", Name = "process", Links = [new SpanLink("aaaa", "1")] },
        ];

        var upload = TracePage.Render("aaaa", spans).Markup;
        var process = TracePage.Render("bbbb", spans).Markup;

        Assert.Contains("/traces/bbbb", upload, StringComparison.Ordinal);
        Assert.Contains("/traces/aaaa", process, StringComparison.Ordinal);
    }

    private static async Task<DistributedApplication> StartAsync(int port = 0)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = [FormattableString.Invariant($"--ASPNETCORE_URLS=http://localhost:{port}"), "--DcpPublisher:RandomizePorts=true"],
            AssemblyName = typeof(SampleApplication).Assembly.GetName().Name,
        });
        builder.AddService("only");
        var app = builder.Build();
        await app.StartAsync(Cancellation);
        return app;
    }

    private static HttpClient Client(DashboardAccess access) => new() { BaseAddress = new Uri(access.Address ?? throw new InvalidOperationException("The dashboard does not listen.")) };

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, byte[] body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        request.Headers.Add(DashboardAccess.TelemetryKeyHeader, key);
        return await client.SendAsync(request, Cancellation);
    }
}
