namespace Aspire.Hosting;

/// <summary>The application is declared wrongly, or a resource that is waited for cannot come up.</summary>
internal sealed class DistributedApplicationException(string message) : Exception(message);
