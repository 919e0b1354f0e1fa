using System.Collections.Concurrent;
using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Orchestration;

/// <summary>What the services print: passed on to the console, each line whole and marked with its service's name, and the newest kept for the dashboard.</summary>
internal sealed class ServiceOutput(OrchestrationOptions options)
{
    private const int MaxLines = 2_000;
    private const int MaxKeptLength = 4_096;

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, RingBuffer<string>> kept = [];

    /// <summary>The services that printed something; a replica has a name of its own.</summary>
    public ICollection<string> Resources => kept.Keys;

    public IReadOnlyList<string> LinesOf(string resource) => kept.TryGetValue(resource, out var lines) ? lines.Snapshot() : [];

    /// <summary>Safe to call from several threads.</summary>
    public void Write(string resource, string line)
    {
        kept.GetOrAdd(resource, _ => new RingBuffer<string>(MaxLines)).Add(line.Length > MaxKeptLength ? line[..MaxKeptLength] : line);

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
