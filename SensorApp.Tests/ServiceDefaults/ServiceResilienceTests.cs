using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using SensorApp.ServiceDefaults.Resilience;

namespace SensorApp.Tests.ServiceDefaults;

public sealed class ServiceResilienceTests
{
    [Fact]
    public async Task Send_OtherSideStaysDown_SendsOneRequestAndThreeRetries()
    {
        var otherSide = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        using var services = Services(otherSide);

        var response = await SendAsync(services, HttpMethod.Put);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(4, otherSide.Requests);
    }

    [Fact]
    public async Task Send_OtherSideComesBack_AnswersLikeTheLastRequest()
    {
        var otherSide = new ScriptedHandler(request => new HttpResponseMessage(request < 3 ? HttpStatusCode.BadGateway : HttpStatusCode.OK));
        using var services = Services(otherSide);

        var response = await SendAsync(services, HttpMethod.Get);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, otherSide.Requests);
    }

    [Theory]
    [InlineData("POST", 1)]
    [InlineData("DELETE", 1)]
    [InlineData("GET", 4)]
    public async Task Send_SafeMethodsOnly_RepeatsNothingElse(string method, int expectedRequests)
    {
        var otherSide = new ScriptedHandler(_ => throw new HttpRequestException("connection lost"));
        using var services = Services(otherSide, client => client.AddServiceResilience(safeMethodsOnly: true));

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(services, new HttpMethod(method)));

        Assert.Equal(expectedRequests, otherSide.Requests);
    }

    [Theory]
    [InlineData("throttled", 4)]
    [InlineData("condition failed", 1)]
    public async Task Send_ResponseThatOnlyTheCallerKnowsAsPassing_IsRepeated(string body, int expectedRequests)
    {
        var otherSide = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent(body) });
        using var services = Services(otherSide, client => client.AddServiceResilience(
            async (response, cancellationToken) => await response.Content.ReadAsStringAsync(cancellationToken) == "throttled"));

        await SendAsync(services, HttpMethod.Post);

        Assert.Equal(expectedRequests, otherSide.Requests);
    }

    [Fact]
    public async Task Send_ManyFailures_OpensTheCircuitOfThatClientOnly()
    {
        var otherSide = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.InternalServerError));
        using var services = Services(otherSide, client => client.AddServiceResilience(), ("Resilience:MaxRetries", "0"), ("Resilience:CircuitBreaker:MinimumThroughput", "2"));
        await SendAsync(services, HttpMethod.Get);
        await SendAsync(services, HttpMethod.Get);

        await Assert.ThrowsAsync<BrokenCircuitException>(() => SendAsync(services, HttpMethod.Get));
        var other = await SendAsync(services, HttpMethod.Get, "other");

        Assert.Equal(HttpStatusCode.InternalServerError, other.StatusCode);
    }

    [Theory]
    [InlineData("Resilience:MaxRetries", "11")]
    [InlineData("Resilience:FirstDelay", "00:01:00")]
    [InlineData("Resilience:AttemptTimeout", "00:00:00")]
    [InlineData("Resilience:CircuitBreaker:FailureRatio", "0")]
    public void Validate_ValueOutOfRange_NamesItAndWhatIsAllowed(string setting, string value)
    {
        using var services = Services(new ScriptedHandler(_ => new HttpResponseMessage()), client => client.AddServiceResilience(), (setting, value));

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.StartsWith($"{setting} is '", failure.Message, StringComparison.Ordinal);
        Assert.Contains("but must be", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(ServiceProvider services, HttpMethod method, string client = "one")
    {
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(client);
        using var request = new HttpRequestMessage(method, "http://service.test/");
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Two clients of one policy that hardly waits between requests.</summary>
    private static ServiceProvider Services(
        ScriptedHandler otherSide, Action<IHttpClientBuilder>? add = null, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Resilience:FirstDelay", "00:00:00.001"), new("Resilience:MaxDelay", "00:00:00.002")])
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);

        foreach (var name in (string[])["one", "other"])
        {
            var client = services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => otherSide);
            (add ?? (builder => builder.AddServiceResilience()))(client);
        }

        return services.BuildServiceProvider();
    }

    /// <summary>The other side: answers the first, second, … request.</summary>
    private sealed class ScriptedHandler(Func<int, HttpResponseMessage> answer) : HttpMessageHandler
    {
        private int requests;

        public int Requests => requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(Interlocked.Increment(ref requests)));
    }
}
