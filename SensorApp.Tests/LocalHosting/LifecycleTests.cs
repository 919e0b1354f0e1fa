using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace SensorApp.Tests.LocalHosting;

public sealed class LifecycleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_DependencyNotHealthyYet_HoldsTheDependentUntilItIs()
    {
        var builder = SampleApplication.CreateBuilder();
        var first = builder.AddService("first", "sick");
        builder.AddService("second").WaitFor(first);
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceAsync("first", "Running", Cancellation);
        using var client = app.CreateHttpClient("first");
        await UntilAnsweredAsync(client);

        var stateWhileSick = app.ResourceNotifications.Current("second").State;
        await client.PostAsync("/recover", content: null, Cancellation);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("second", Cancellation);

        Assert.Equal(ResourceStates.Waiting, stateWhileSick);
        Assert.True(app.ResourceNotifications.Current("first").IsHealthy);
    }

    [Fact]
    public async Task Start_DependencyNeedOnlyRun_DoesNotWaitForItsHealth()
    {
        var builder = SampleApplication.CreateBuilder();
        var first = builder.AddService("first", "sick");
        builder.AddService("second").WaitForStart(first);
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("second", Cancellation);

        Assert.False(app.ResourceNotifications.Current("first").IsHealthy);
    }

    [Fact]
    public async Task Start_DependencyCrashes_FailsWhoeverWaits()
    {
        var builder = SampleApplication.CreateBuilder();
        var first = builder.AddService("first", "crash");
        builder.AddService("second").WaitFor(first);
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("first", Cancellation));
        await app.ResourceNotifications.WaitForResourceAsync("second", "FailedToStart", Cancellation);

        Assert.Contains("exit code 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("crashing as told", app.Services.GetRequiredService<ServiceOutput>().LinesOf("first"));
    }

    [Fact]
    public async Task Running_ServiceEnds_IsExitedAndUnhealthy()
    {
        var builder = SampleApplication.CreateBuilder();
        builder.AddService("only");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);
        using var client = app.CreateHttpClient("only");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.PostAsync("/exit", content: null, Cancellation));
        await app.ResourceNotifications.WaitForResourceAsync("only", "Exited", Cancellation);

        var snapshot = app.ResourceNotifications.Current("only");
        Assert.Equal((4, false), (snapshot.ExitCode, snapshot.IsHealthy));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ignore-sigterm")]
    public async Task Dispose_Service_LeavesNoProcessWhateverItDoesWithSigterm(string behaviour)
    {
        var builder = SampleApplication.CreateBuilder();
        builder.AddService("only", behaviour);
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);
        using var process = Process.GetProcessById(await ProcessIdAsync(app, "only"));

        await app.DisposeAsync();

        Assert.True(process.HasExited);
    }

    [Fact]
    public async Task Start_TwoApplicationsAtOnce_DoNotDisturbEachOther()
    {
        var builders = new[] { SampleApplication.CreateBuilder(), SampleApplication.CreateBuilder() };
        Array.ForEach(builders, builder => builder.AddService("only"));
        await using var one = builders[0].Build();
        await using var other = builders[1].Build();

        await Task.WhenAll(one.StartAsync(Cancellation), other.StartAsync(Cancellation));
        await one.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);
        await other.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);

        Assert.NotEqual(await ProcessIdAsync(one, "only"), await ProcessIdAsync(other, "only"));
    }

    [Fact]
    public async Task Output_LinesOfBothStreamsAtOnce_ArriveWhole()
    {
        var builder = SampleApplication.CreateBuilder();
        builder.AddService("only");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);
        using var client = app.CreateHttpClient("only");

        await client.PostAsync("/chatter", content: null, Cancellation);
        await app.StopAsync(Cancellation);

        var lines = app.Services.GetRequiredService<ServiceOutput>().LinesOf("only");
        Assert.Equal(400, lines.Count);
        Assert.All(lines, line => Assert.Matches("^<[0-9]+:x{700}>$", line));
    }

    private static async Task<int> ProcessIdAsync(DistributedApplication app, string resource)
    {
        using var client = app.CreateHttpClient(resource);
        return int.Parse(await client.GetStringAsync("/process", Cancellation), CultureInfo.InvariantCulture);
    }

    /// <summary>Running says that the process was started; this, that it listens.</summary>
    private static async Task UntilAnsweredAsync(HttpClient client)
    {
        while (true)
        {
            try
            {
                using var response = await client.GetAsync("/health", Cancellation);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Yield();
            }
        }
    }
}
