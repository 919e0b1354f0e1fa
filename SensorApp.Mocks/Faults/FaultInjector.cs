using SensorApp.Mocks.Core.Tables;

namespace SensorApp.Mocks.Faults;

/// <summary>Keeps the faults that are on and rolls the dice for each call. Thread-safe.</summary>
public sealed class FaultInjector(IndexLag indexLag)
{
    private readonly Lock _lock = new();
    private readonly List<ActiveFault> _active = [];
    private int _lastId;

    /// <summary>False as long as there is none: the calls of every day take no lock.</summary>
    public bool Any => Volatile.Read(ref _lastId) > 0;

    public IReadOnlyList<Fault> Add(IReadOnlyList<Fault> faults)
    {
        lock (_lock)
        {
            var added = faults.Select(fault => fault with { Id = ++_lastId }).ToArray();
            _active.AddRange(added.Select(fault => new ActiveFault(fault)));
            SetIndexLag();
            return added;
        }
    }

    /// <summary>The faults that are on, with the calls that each has hit.</summary>
    public IReadOnlyList<(Fault Fault, int Hits)> List()
    {
        lock (_lock)
            return [.. _active.Select(active => (active.Fault, active.Hits))];
    }

    /// <param name="id">Null: all of them.</param>
    /// <returns>False when there is none of that id.</returns>
    public bool Remove(int? id)
    {
        lock (_lock)
        {
            var removed = _active.RemoveAll(active => id is null || active.Fault.Id == id);
            SetIndexLag();
            return id is null || removed > 0;
        }
    }

    /// <summary>What shall happen to a call: how long it waits, and the first error that hits it, if any.</summary>
    public (TimeSpan Latency, string? Error) Roll(string service, string operation)
    {
        var latency = TimeSpan.Zero;
        string? error = null;

        lock (_lock)
        {
            foreach (var active in _active)
            {
                if (error is not null && active.Fault.Error is not null)
                    continue;

                if (!active.Fault.Concerns(service, operation) || !active.Hit())
                    continue;

                latency += active.Fault.Latency;
                error ??= active.Fault.Error;
            }
        }

        return (latency, error);
    }

    private void SetIndexLag() =>
        indexLag.Delay = _active.Select(active => active.Fault.IndexLag).DefaultIfEmpty(TimeSpan.Zero).Max();

    private sealed class ActiveFault(Fault fault)
    {
        private readonly Random _random = new(fault.Seed);

        public Fault Fault => fault;

        public int Hits { get; private set; }

        public bool Hit()
        {
            if (Hits >= fault.Count || _random.NextDouble() >= fault.Probability)
                return false;

            Hits++;
            return true;
        }
    }
}
