namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states of a resource, as Aspire names them.</summary>
internal static class ResourceStates
{
    public const string NotStarted = "NotStarted";
    public const string Waiting = "Waiting";
    public const string Starting = "Starting";
    public const string Running = "Running";
    public const string FailedToStart = "FailedToStart";

    /// <summary>Ended with an exit code other than 0.</summary>
    public const string Exited = "Exited";

    /// <summary>Ended with exit code 0.</summary>
    public const string Finished = "Finished";
}
