using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Starts all projects, each when what it waits for is there, and stops them in the opposite order.</summary>
internal sealed partial class Orchestrator(
    OrchestrationOptions options,
    ProjectRunner runner,
    IHostApplicationLifetime lifetime,
    ILogger<DistributedApplication> logger) : IHostedService
{
    private readonly CancellationTokenSource stopping = new();
    private Task[] starts = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Log.WithoutAspire(logger);
        Log.Starting(logger);

        foreach (var project in options.Projects)
        {
            project.Endpoints.ForEach(endpoint => endpoint.Allocate(project.Replicas, options.RandomizePorts));
        }

        starts = [.. options.Projects.Select(StartProjectAsync)];
        lifetime.ApplicationStarted.Register(() => Log.Started(logger));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(starts);

        foreach (var project in options.Projects.Reverse())
        {
            await runner.StopAsync(project);
        }
    }

    private async Task StartProjectAsync(ProjectResource project)
    {
        try
        {
            await runner.StartAsync(project, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop before it was up.
        }
        catch (DistributedApplicationException failure)
        {
            Log.DidNotStart(logger, project.Name, failure.Message);
            EndUnlessTest();
        }
    }

    private void EndUnlessTest()
    {
        if (!options.IsTest)
        {
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Distributed application starting.")]
        public static partial void Starting(ILogger logger);

        [LoggerMessage(4, LogLevel.Information, "Local hosting starts the services: this build does not use Aspire's packages. Building with UseAspire=true does.")]
        public static partial void WithoutAspire(ILogger logger);

        [LoggerMessage(2, LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
        public static partial void Started(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "{Resource} did not start: {Reason}")]
        public static partial void DidNotStart(ILogger logger, string resource, string reason);
    }
}
