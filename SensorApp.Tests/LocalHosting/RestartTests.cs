using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace SensorApp.Tests.LocalHosting;

public sealed class RestartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_RunningService_IsANewProcessAtTheSameAddress()
    {
        var builder = SampleApplication.CreateBuilder();
        var project = builder.AddService("only").Resource;
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);
        using var client = app.CreateHttpClient("only");
        var before = await client.GetStringAsync("/process", Cancellation);

        await Task.WhenAll(Runner(app).RestartAsync(project), Runner(app).RestartAsync(project));
        await app.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);

        Assert.NotEqual(before, await client.GetStringAsync("/process", Cancellation));
        Assert.Equal(2, app.ResourceNotifications.Current("only").Restarts);
    }

    [Fact]
    public async Task Restart_ServiceThatWaitsForAnother_IsLeftToItsOwnStart()
    {
        var builder = SampleApplication.CreateBuilder();
        var first = builder.AddService("first", "sick");
        var second = builder.AddService("second").WaitFor(first).Resource;
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceAsync("second", "Waiting", Cancellation);

        await Runner(app).RestartAsync(second);

        Assert.Equal((ResourceStates.Waiting, 0), (app.ResourceNotifications.Current("second").State, app.ResourceNotifications.Current("second").Restarts));
    }

    [Fact]
    public async Task Start_PortTaken_ServiceEndsAndCanBeRestartedOnceThePortIsFree()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(SampleApplication).Assembly.GetName().Name,
            DisableDashboard = true,
        });
        var project = builder.AddProject<SampleProject>("only", launchProfileName: null)
            .WithHttpEndpoint(port: ((IPEndPoint)other.LocalEndpoint).Port, name: "http")
            .WithHttpHealthCheck("/health").Resource;
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation));
        var output = string.Join('\n', app.Services.GetRequiredService<ServiceOutput>().LinesOf("only"));
        other.Stop();
        await Runner(app).RestartAsync(project);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);

        Assert.Contains("ended with exit code", failure.Message, StringComparison.Ordinal);
        Assert.Contains("address already in use", output, StringComparison.OrdinalIgnoreCase);
    }

    private static ProjectRunner Runner(DistributedApplication app) => app.Services.GetRequiredService<ProjectRunner>();
}
