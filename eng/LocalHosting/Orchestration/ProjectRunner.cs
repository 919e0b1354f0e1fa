using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs the processes of projects, and says how they fare.</summary>
internal sealed partial class ProjectRunner(
    OrchestrationOptions options,
    ResourceNotificationService notifications,
    ServiceEnvironment environment,
    HealthMonitor health,
    ServiceOutput output,
    ILogger<DistributedApplication> logger)
{
    private readonly ConcurrentDictionary<ProjectResource, RunningProject> running = [];
    private readonly SemaphoreSlim restarting = new(1, 1);

    /// <summary>Waits for the project's dependencies, starts all its replicas and returns when it is healthy.</summary>
    /// <exception cref="DistributedApplicationException">A dependency or a process of the project ended, or could not be started.</exception>
    public async Task StartAsync(ProjectResource project, CancellationToken cancellationToken)
    {
        try
        {
            await WaitForDependenciesAsync(project, cancellationToken);
            Launch(project, cancellationToken);
        }
        catch (DistributedApplicationException failure)
        {
            notifications.Publish(project, current => current with { State = ResourceStates.FailedToStart, HealthDetail = failure.Message });
            throw;
        }

        await notifications.WaitForResourceHealthyAsync(project.Name, cancellationToken);
    }

    /// <summary>Asks the project's processes to stop, and ends those that do not.</summary>
    public async Task StopAsync(ProjectResource project)
    {
        if (running.TryRemove(project, out var processes))
        {
            await processes.StopAsync();
        }
    }

    /// <summary>Stops the project's processes and starts new ones on the same ports; not while it is still on its way up. One restart at a time.</summary>
    public async Task RestartAsync(ProjectResource project)
    {
        await restarting.WaitAsync();

        try
        {
            if (notifications.Current(project.Name).CanBeRestarted)
            {
                await StopAsync(project);
                Relaunch(project);
            }
        }
        finally
        {
            restarting.Release();
        }
    }

    private void Relaunch(ProjectResource project)
    {

        try
        {
            Launch(project, CancellationToken.None);
        }
        catch (DistributedApplicationException failure)
        {
            notifications.Publish(project, current => current with { State = ResourceStates.FailedToStart, HealthDetail = failure.Message });
        }

        notifications.Publish(project, current => current with { Restarts = current.Restarts + 1 });
    }

    private async Task WaitForDependenciesAsync(ProjectResource project, CancellationToken cancellationToken)
    {
        foreach (var dependency in project.Dependencies)
        {
            notifications.Publish(project, current => current with { State = ResourceStates.Waiting });

            await (dependency.UntilHealthy
                ? notifications.WaitForResourceHealthyAsync(dependency.Resource.Name, cancellationToken)
                : notifications.WaitForStartAsync(dependency.Resource.Name, cancellationToken));
        }
    }

    private void Launch(ProjectResource project, CancellationToken cancellationToken)
    {
        notifications.Publish(project, current => current with { State = ResourceStates.Starting });
        var processes = new RunningProject();
        running[project] = processes;

        for (var replica = 0; replica < project.Replicas; replica++)
        {
            var name = project.Replicas == 1 ? project.Name : FormattableString.Invariant($"{project.Name}-{replica}");
            var variables = environment.For(project, replica, cancellationToken);
            project.Endpoints.ForEach(endpoint => endpoint.Release(replica));
            processes.Add(ServiceProcess.Start(project, variables, line => output.Write(name, line)));
        }

        notifications.Publish(project, current => current with { State = ResourceStates.Running, IsHealthy = project.HealthChecks.Count == 0, HealthDetail = null });
        processes.Watch(
            health.WatchAsync(project, processes.Ending),
            exitCode => Ended(project, exitCode));
    }

    private void Ended(ProjectResource project, int exitCode)
    {
        var state = exitCode == 0 ? ResourceStates.Finished : ResourceStates.Exited;
        notifications.Publish(project, current => current with { State = state, IsHealthy = false, ExitCode = exitCode });

        if (!options.IsTest)
        {
            Log.Ended(logger, project.Name, exitCode);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Warning, "{Resource} ended with exit code {ExitCode}.")]
        public static partial void Ended(ILogger logger, string resource, int exitCode);
    }
}
