using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SensorApp.ServiceDefaults;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Tests.ServiceDefaults;

public sealed class ServiceStartupTests
{
    [Fact]
    public async Task Run_StoppedBeforeItListens_IsAnOrderlyEnd()
    {
        var exitCode = await ServiceStartup.RunAsync(ServiceIdentity.Api, [], () =>
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.Services.AddHostedService<StopAtStart>();
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            return builder.Build();
        });

        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Run_SettingNotAllowed_ExitsWithOne()
    {
        var exitCode = await ServiceStartup.RunAsync(ServiceIdentity.Api, [], () => throw new InvalidSettingException("PORT", "x", "a number"));

        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task Run_CancelledThoughNobodyAskedItToStop_IsAFailure()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => ServiceStartup.RunAsync(ServiceIdentity.Api, [], () =>
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.Services.AddHostedService<CancelledAtStart>();
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            return builder.Build();
        }));
    }

    /// <summary>As a signal that comes while the service starts.</summary>
    private sealed class StopAtStart(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class CancelledAtStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new OperationCanceledException();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
