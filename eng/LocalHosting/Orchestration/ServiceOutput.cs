namespace Aspire.Hosting.Orchestration;

/// <summary>Writes what the services print, each line whole and marked with the service's name.</summary>
internal sealed class ServiceOutput(OrchestrationOptions options)
{
    private readonly Lock gate = new();

    /// <summary>Safe to call from several threads.</summary>
    public void Write(string resource, string line)
    {
        if (options.IsTest)
        {
            return;
        }

        lock (gate)
        {
            Console.Out.WriteLine($"[{resource}] {line}");
        }
    }
}
