using System.Net;
using System.Net.Http.Headers;
using Aspire.Hosting;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Pages;
using Aspire.Hosting.Dashboard.Telemetry;
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

    private static async Task<DistributedApplication> StartAsync()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--ASPNETCORE_URLS=http://localhost:0", "--DcpPublisher:RandomizePorts=true"],
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
