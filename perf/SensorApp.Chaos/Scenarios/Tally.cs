using System.Collections.Concurrent;

namespace SensorApp.Chaos.Scenarios;

/// <summary>Counts what was done to the service.</summary>
public sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public IReadOnlyDictionary<string, int> Counts => new SortedDictionary<string, int>(_counts);

    public void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}
