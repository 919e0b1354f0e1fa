using System.Collections.Concurrent;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Empty tables for the next files, so that a small file does not pay for new ones.</summary>
internal sealed class TablePool(int capacity)
{
    private readonly ConcurrentQueue<SensorTable> _tables = new();

    public SensorTable Rent() => _tables.TryDequeue(out var table) ? table : new SensorTable();

    public void Return(SensorTable table)
    {
        if (_tables.Count >= capacity)
            return;
        table.Clear();
        _tables.Enqueue(table);
    }
}
