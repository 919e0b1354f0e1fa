using System.Net;

namespace SensorApp.Tests.Api;

public sealed class LimitTests
{
    private const string Csv = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TRUSTED_PROXIES=127.0.0.0/8", HttpStatusCode.OK)]
    [InlineData("TRUSTED_PROXIES=192.0.2.1", HttpStatusCode.TooManyRequests)]
    public async Task Rate_ClientsBehindAProxy_CountAsThemselvesOnlyIfTheProxyIsTrusted(string proxies, HttpStatusCode ofSecondClient)
    {
        await using var api = await ApiServer.StartAsync(switches: ["Limits:RequestsPerMinute=1", proxies]);
        using var first = await GetAsync(api, "203.0.113.7");

        using var second = await GetAsync(api, "203.0.113.8");

        Assert.Equal((HttpStatusCode.OK, ofSecondClient), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Rate_AddressThatAClientMadeUp_DoesNotCount()
    {
        await using var api = await ApiServer.StartAsync(switches: ["Limits:RequestsPerMinute=1", "TRUSTED_PROXIES=127.0.0.1"]);
        using var first = await GetAsync(api, "198.51.100.1, 203.0.113.7");

        using var second = await GetAsync(api, "198.51.100.2, 203.0.113.7");

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    [Fact]
    public async Task Rate_WrongKeys_AreLimitedToo()
    {
        await using var api = await ApiServer.StartAsync(switches: ["Limits:RequestsPerMinute=1", "API_KEYS=right"]);
        using var first = await GetAsync(api, "203.0.113.7");

        using var second = await GetAsync(api, "203.0.113.7");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Rate_HealthChecks_AreNeverLimited()
    {
        await using var api = await ApiServer.StartAsync(switches: "Limits:RequestsPerMinute=1");
        await api.GetJsonAsync("/files");

        using var health = await api.Http.GetAsync("/health", Cancellation);
        using var alive = await api.Http.GetAsync("/alive", Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (health.StatusCode, alive.StatusCode));
    }

    [Fact]
    public async Task Concurrency_OneUploadTooMany_IsRefusedUntilOneHasEnded()
    {
        var faults = new CloudFaults();
        var stores = new Gate(request => request.Method == HttpMethod.Put);
        await using var api = await ApiServer.StartAsync(faults: faults, switches: "Uploads:MaxConcurrent=1");
        faults.OnS3Async = stores.PassAsync;
        var first = api.Http.PostAsync("/upload", ApiServer.Form(Csv), Cancellation);
        await stores.WhenArrivedAsync();

        using var tooMany = await api.Http.PutAsync("/upload/second.csv", new StringContent(Csv), Cancellation);
        using var other = await api.Http.GetAsync("/files", Cancellation);
        stores.Open();
        using var ended = await first;
        using var later = await api.Http.PutAsync("/upload/third.csv", new StringContent(Csv), Cancellation);

        await UploadTests.AssertProblemAsync(tooMany, 503, "too_many_uploads");
        Assert.NotNull(tooMany.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (ended.StatusCode, later.StatusCode));
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/docs")]
    [InlineData("GET", "/scalar/")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("POST", "/upload")]
    [InlineData("PUT", "/upload/x.csv")]
    [InlineData("POST", "/validate")]
    [InlineData("GET", "/files")]
    [InlineData("GET", "/status/x")]
    [InlineData("GET", "/results/x/errors")]
    [InlineData("GET", "/files/x/content")]
    [InlineData("DELETE", "/files/x")]
    [InlineData("GET", "/events?file_id=x")]
    [InlineData("GET", "/HEALTH/x")]
    [InlineData("GET", "/nothing")]
    public async Task Keys_EachRouteButHealth_NeedsOne(string method, string path)
    {
        await using var api = await ApiServer.StartAsync(switches: "API_KEYS=right");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await api.Http.SendAsync(request, Cancellation);

        await UploadTests.AssertProblemAsync(answer, 401, "api_key_required");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Cors_PreflightOfAnUpload_IsAnsweredForAllowedOriginsEvenWithKeys()
    {
        await using var api = await ApiServer.StartAsync(switches: ["API_KEYS=right", "ALLOWED_ORIGINS=https://sensors.example.com"]);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/upload")
        {
            Headers = { { "Origin", "https://sensors.example.com" }, { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "x-api-key" } },
        };

        using var answer = await api.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("https://sensors.example.com", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("x-api-key", answer.Headers.GetValues("Access-Control-Allow-Headers").Single());
    }

    [Theory]
    [InlineData("ALLOWED_ORIGINS=*", "*")]
    [InlineData("UI_PORT=8501", null)]
    public async Task Cors_AnyOrigin_OnlyWhenAskedFor(string setting, string? allowed)
    {
        await using var api = await ApiServer.StartAsync(switches: setting);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/files") { Headers = { { "Origin", "https://anywhere.example.com" } } };

        using var answer = await api.Http.SendAsync(request, Cancellation);

        Assert.Equal(allowed, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
    }

    [Theory]
    [InlineData("/files", 200)]
    [InlineData("/nothing", 404)]
    [InlineData("/files?limit=x", 400)]
    public async Task Headers_OfEachAnswer_KeepBrowsersFromGuessingAndFraming(string path, int status)
    {
        await using var api = await ApiServer.StartAsync();

        using var answer = await api.Http.GetAsync(path, Cancellation);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    private static async Task<HttpResponseMessage> GetAsync(ApiServer api, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/files") { Headers = { { "X-Forwarded-For", forwardedFor } } };
        return await api.Http.SendAsync(request, Cancellation);
    }
}
