using System.Collections.Concurrent;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Empty tables for the next files, so that a small file does not pay for new ones: the one last used first, which the processor's cache may still hold.</summary>
internal sealed class TablePool(int capacity)
{
    private readonly ConcurrentStack<SensorTable> _tables = new();

    public SensorTable Rent() => _tables.TryPop(out var table) ? table : new SensorTable();

    public void Return(SensorTable table)
    {
        if (_tables.Count >= capacity)
            return;
        table.Clear();
        _tables.Push(table);
    }
}
