namespace Aspire.Hosting.ApplicationModel;

/// <summary>A request that a healthy replica answers with the status.</summary>
internal sealed record HttpHealthCheck(ProjectEndpoint Endpoint, string Path, int ExpectedStatus);
