using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An application of several processes, which it starts and stops.</summary>
public sealed class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost host;
    private readonly IHostApplicationLifetime lifetime;
    private readonly EntryPoint? testedEntryPoint;

    internal DistributedApplication(IHost host, EntryPoint? testedEntryPoint)
    {
        this.host = host;
        this.testedEntryPoint = testedEntryPoint;
        lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
    }

    /// <summary>The AppHost's own services.</summary>
    public IServiceProvider Services => host.Services;

    /// <summary>Knows the state of each resource.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Begins the declaration of an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Begins the declaration of an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    /// <summary>Begins the declaration of an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    /// <summary>Runs the application until it is asked to stop.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs the application until it is asked to stop.</summary>
    public Task RunAsync(CancellationToken cancellationToken = default) =>
        // The test starts what its entry point built; the entry point stays until it is over.
        testedEntryPoint is null ? HostingAbstractionsHostExtensions.RunAsync(host, cancellationToken) : testedEntryPoint.Over.WaitAsync(cancellationToken);

    /// <summary>Begins to start the resources; <see cref="ResourceNotifications"/> tells when each is up.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) => host.StartAsync(cancellationToken);

    /// <summary>Stops all processes.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

    /// <inheritdoc />
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Stops what still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopped.IsCancellationRequested)
        {
            await StopAsync(CancellationToken.None);
        }

        await ((IAsyncDisposable)host).DisposeAsync();
        testedEntryPoint?.End();
    }
}
