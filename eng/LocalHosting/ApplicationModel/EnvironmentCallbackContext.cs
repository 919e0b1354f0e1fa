namespace Aspire.Hosting.ApplicationModel;

/// <summary>The environment of a process that is about to start.</summary>
public sealed class EnvironmentCallbackContext
{
    internal EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, CancellationToken cancellationToken) =>
        (ExecutionContext, Resource, CancellationToken) = (executionContext, resource, cancellationToken);

    /// <summary>The variables so far: text, an <see cref="EndpointReference"/> or a <see cref="ParameterResource"/>.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = [];

    /// <summary>The resource whose process starts.</summary>
    public IResource Resource { get; }

    /// <summary>Why the application is built.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>Signalled when the application stops.</summary>
    public CancellationToken CancellationToken { get; }
}
