using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace SensorApp.Tests.LocalHosting;

public sealed class HealthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Running_ServiceFallsIllAndRecovers_IsSeenAtTheNextQuestion()
    {
        var clock = new FakeTimeProvider();
        var builder = SampleApplication.CreateBuilder();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddService("only");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await UntilHealthAsync(app, clock, TimeSpan.FromSeconds(1), healthy: true);
        using var client = app.CreateHttpClient("only");

        await client.PostAsync("/sicken", content: null, Cancellation);
        clock.Advance(TimeSpan.FromSeconds(29));
        var rightAway = app.ResourceNotifications.Current("only");
        await UntilHealthAsync(app, clock, TimeSpan.FromSeconds(1), healthy: false);
        var ill = app.ResourceNotifications.Current("only");
        await client.PostAsync("/recover", content: null, Cancellation);
        await UntilHealthAsync(app, clock, TimeSpan.FromSeconds(1), healthy: true);

        Assert.True(rightAway.IsHealthy);
        Assert.Equal(ResourceStates.Running, ill.State);
        Assert.Contains("answered 503 instead of 200", ill.HealthDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OtherStatusExpected_ThatOneIsHealthy()
    {
        var builder = SampleApplication.CreateBuilder();
        builder.AddProject<SampleProject>("only", launchProfileName: null).WithHttpEndpoint(name: "http").WithHttpHealthCheck("/health", statusCode: 503).WithArgs("sick");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);

        Assert.True(app.ResourceNotifications.Current("only").IsHealthy);
    }

    [Fact]
    public async Task Check_WithoutAPath_AsksForTheRoot()
    {
        var builder = SampleApplication.CreateBuilder();
        builder.AddProject<SampleProject>("only", launchProfileName: null).WithHttpEndpoint(name: "http").WithHttpHealthCheck();
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);

        // The sample service has nothing there.
        var snapshot = await UntilDetailAsync(app, "answered 404 instead of 200");

        Assert.False(snapshot.IsHealthy);
    }

    private static async Task UntilHealthAsync(DistributedApplication app, FakeTimeProvider clock, TimeSpan step, bool healthy)
    {
        while (app.ResourceNotifications.Current("only").IsHealthy != healthy)
        {
            clock.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }
    }

    private static async Task<ResourceSnapshot> UntilDetailAsync(DistributedApplication app, string text)
    {
        while (true)
        {
            if (app.ResourceNotifications.Current("only") is { HealthDetail: { } detail } snapshot && detail.Contains(text, StringComparison.Ordinal))
            {
                return snapshot;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }
    }
}
