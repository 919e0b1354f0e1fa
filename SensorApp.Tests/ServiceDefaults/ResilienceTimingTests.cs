using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Polly.Timeout;
using SensorApp.ServiceDefaults.Resilience;
using SensorApp.Tests.Api;

namespace SensorApp.Tests.ServiceDefaults;

/// <summary>The policy's times, by a clock that only the test moves.</summary>
public sealed class ResilienceTimingTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly OtherSide _otherSide = new();
    private readonly ServiceProvider _services;

    public ResilienceTimingTests()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<TimeProvider>(_clock);
        services.AddHttpClient("service").AddServiceResilience().ConfigurePrimaryHttpMessageHandler(() => _otherSide);
        _services = services.BuildServiceProvider();
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Defaults_AreThoseOfTheDesign()
    {
        var options = _services.GetRequiredService<IOptions<ResilienceOptions>>().Value;

        Assert.Equal((3, 2 * Second, 10 * Second), (options.MaxRetries, options.FirstDelay, options.MaxDelay));
        Assert.Equal((10 * Second, 60 * Second), (options.AttemptTimeout, options.TotalTimeout));
    }

    [Fact]
    public async Task Send_OtherSideAsksForAPause_WaitsSoLong()
    {
        _otherSide.Answers = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { RetryAfter = new RetryConditionHeaderValue(30 * Second) } });
        var sending = SendAsync();

        _clock.Advance(29 * Second);
        var requestsBefore = _otherSide.Requests;
        _otherSide.Answers = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        _clock.Advance(Second);
        using var answer = await sending;

        Assert.Equal(1, requestsBefore);
        Assert.Equal((HttpStatusCode.OK, 2), (answer.StatusCode, _otherSide.Requests));
    }

    [Fact]
    public async Task Send_OneRequestHangs_IsGivenUpAndSentAgain()
    {
        _otherSide.Answers = OtherSide.HangAsync;
        var sending = SendAsync();

        _clock.Advance(10 * Second);
        _otherSide.Answers = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        await AdvanceUntilAsync(sending);
        using var answer = await sending;

        Assert.Equal((HttpStatusCode.OK, 2), (answer.StatusCode, _otherSide.Requests));
    }

    [Fact]
    public async Task Send_EveryRequestHangs_EndsWithinTheTotalTime()
    {
        _otherSide.Answers = OtherSide.HangAsync;
        var sending = SendAsync();

        await AdvanceUntilAsync(sending);

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => sending);
        Assert.InRange(_otherSide.Requests, 1, 4);
    }

    private async Task<HttpResponseMessage> SendAsync()
    {
        using var http = _services.GetRequiredService<IHttpClientFactory>().CreateClient("service");
        return await http.GetAsync(new Uri("http://service.test/"), TestContext.Current.CancellationToken);
    }

    /// <summary>Moves the clock second by second, far enough for every timeout.</summary>
    private Task AdvanceUntilAsync(Task<HttpResponseMessage> sending) => ApiServer.UntilAsync(() =>
    {
        _clock.Advance(Second);
        return Task.FromResult(sending.IsCompleted);
    });

    private sealed class OtherSide : HttpMessageHandler
    {
        private int _requests;

        public int Requests => _requests;

        public Func<CancellationToken, Task<HttpResponseMessage>> Answers { get; set; } = HangAsync;

        public static async Task<HttpResponseMessage> HangAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new HttpResponseMessage();
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _requests);
            return Answers(cancellationToken);
        }
    }
}
