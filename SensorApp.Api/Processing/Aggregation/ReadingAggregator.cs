using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Adds the valid rows of batches to a table, all rows of a sensor in one go: its statistics are then fetched once a batch, not once a row.</summary>
/// <remarks>Used with one table by one worker at a time. The rows of a sensor are chained: each knows the next, and the sensor the first.</remarks>
internal sealed class ReadingAggregator(SensorTable table)
{
    private const int None = -1;

    private readonly List<int> _touched = [];
    private int[] _firstRow = [];
    private int[] _nextRow = [];

    public void Add(RowBatch batch)
    {
        Chain(batch);
        var position = batch.Chunk!.Sequence << 32;
        foreach (var sensor in CollectionsMarshal.AsSpan(_touched))
        {
            var rows = new RowChain(_nextRow, _firstRow[sensor], batch.Ticks, batch.Values, position);
            table.Add(sensor, rows);
            _firstRow[sensor] = None;
        }

        _touched.Clear();
    }

    // From the last row to the first, so that each chain runs forward.
    private void Chain(RowBatch batch)
    {
        if (_nextRow.Length < batch.RowCount)
            _nextRow = new int[batch.Rows.Length];
        ref var fields = ref MemoryMarshal.GetArrayDataReference(batch.Fields);
        for (var i = batch.RowCount - 1; i >= 0; i--)
        {
            if (batch.Faults[i] != Fault.None)
                continue;
            var id = batch.Rows[i].Sensor;
            var sensor = table.FindOrAdd(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref fields, id.Start), id.Length));
            if (sensor >= _firstRow.Length)
                GrowFirstRows(sensor);
            ref var first = ref _firstRow[sensor];
            if (first == None)
                _touched.Add(sensor);
            _nextRow[i] = first;
            first = i;
        }
    }

    private void GrowFirstRows(int sensor)
    {
        var length = _firstRow.Length;
        Array.Resize(ref _firstRow, Math.Max(1024, (sensor + 1) * 2));
        _firstRow.AsSpan(length).Fill(None);
    }
}
