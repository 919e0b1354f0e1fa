namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the state of each resource, and lets others wait for one. Safe to use from several threads.</summary>
public sealed class ResourceNotificationService
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ResourceSnapshot> snapshots = new(StringComparer.OrdinalIgnoreCase);
    private TaskCompletionSource changed = NewSignal();

    internal ResourceNotificationService(IEnumerable<IResource> resources)
    {
        foreach (var resource in resources)
        {
            snapshots[resource.Name] = new ResourceSnapshot(resource, ResourceStates.NotStarted);
        }
    }

    /// <summary>Waits until the resource runs and its health checks, if it has any, pass.</summary>
    /// <exception cref="Exception">The resource ended or could not be started, or there is none of that name.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
    {
        var snapshot = await WaitAsync(resourceName, current => current.IsHealthy || current.IsUnavailable, cancellationToken);

        return snapshot.IsHealthy
            ? new ResourceEvent(snapshot.Resource)
            : throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy: {Ended(snapshot)}.");
    }

    /// <summary>Waits until the resource is in a state.</summary>
    /// <param name="resourceName">The resource.</param>
    /// <param name="targetState">The state, for example <c>Running</c> (which is meant by null), <c>Exited</c> or <c>Finished</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitAsync(resourceName, current => current.State == (targetState ?? ResourceStates.Running), cancellationToken);

    internal async Task WaitForStartAsync(string resourceName, CancellationToken cancellationToken)
    {
        var snapshot = await WaitAsync(resourceName, current => current.State == ResourceStates.Running || current.IsUnavailable, cancellationToken);

        if (snapshot.IsUnavailable)
        {
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to start: {Ended(snapshot)}.");
        }
    }

    internal ResourceSnapshot Current(string resourceName)
    {
        lock (gate)
        {
            return snapshots[resourceName];
        }
    }

    internal void Publish(IResource resource, Func<ResourceSnapshot, ResourceSnapshot> change)
    {
        TaskCompletionSource signal;

        lock (gate)
        {
            snapshots[resource.Name] = change(snapshots[resource.Name]);
            signal = changed;
            changed = NewSignal();
        }

        signal.SetResult();
    }

    private async Task<ResourceSnapshot> WaitAsync(string resourceName, Func<ResourceSnapshot, bool> reached, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;

            lock (gate)
            {
                if (!snapshots.TryGetValue(resourceName, out var current))
                {
                    throw new DistributedApplicationException($"There is no resource '{resourceName}'.");
                }

                if (reached(current))
                {
                    return current;
                }

                next = changed.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private static string Ended(ResourceSnapshot snapshot) => snapshot switch
    {
        { State: ResourceStates.FailedToStart } => snapshot.HealthDetail ?? "it could not be started",
        _ => FormattableString.Invariant($"it ended with exit code {snapshot.ExitCode}"),
    };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
