using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The valid readings of a batch, put side by side sensor by sensor (a counting sort): what follows then works on whole runs, not on single rows scattered over all sensors.</summary>
/// <remarks>Working space of one worker, reused from batch to batch. Readings of one sensor keep the order of the file.</remarks>
internal sealed class SensorGroups
{
    private const int UsualSensors = 4096;
    private const int NoSensor = -1;
    private const int RowsLookedUpTogether = 32;

    private int[] _sensors = [];
    private long[] _ticks = [];
    private double[] _values = [];
    private Group[] _groups = [];
    private readonly List<int> _met = [];

    /// <summary>The sensors met, in order of their first rows.</summary>
    public ReadOnlySpan<int> Sensors => CollectionsMarshal.AsSpan(_met);

    /// <summary>Memory taken, for the table's account.</summary>
    public long Bytes => (long)_groups.Length * Unsafe.SizeOf<Group>();

    /// <summary>Sorts the batch's valid readings. Sensors that the table does not know yet are added to it.</summary>
    public void Sort(RowBatch batch, SensorTable table)
    {
        Reserve(batch.RowCount);
        CountRows(batch, table);
        PlaceGroups();
        Scatter(batch);
    }

    /// <summary>The readings of a sensor met, which are then forgotten.</summary>
    public ReadingRun Take(int sensor, long sequence)
    {
        ref var group = ref _groups[sensor];
        var (start, count) = (group.Next - group.Count, group.Count);
        group = default;
        return new ReadingRun(_ticks.AsSpan(start, count), _values.AsSpan(start, count), sequence);
    }

    /// <summary>Forgets what was not taken, and gives back what only a file of very many sensors needs.</summary>
    public void Clear()
    {
        foreach (var sensor in Sensors)
            _groups[sensor] = default;
        _met.Clear();
        if (_groups.Length > UsualSensors)
            _groups = [];
    }

    private void CountRows(RowBatch batch, SensorTable table)
    {
        _met.Clear();
        for (var first = 0; first < batch.RowCount; first += RowsLookedUpTogether)
        {
            var count = Math.Min(RowsLookedUpTogether, batch.RowCount - first);
            table.PrepareLookup(batch, first, count);
            CountRows(batch, table, first, count);
        }
    }

    private void CountRows(RowBatch batch, SensorTable table, int first, int count)
    {
        ref var fields = ref MemoryMarshal.GetArrayDataReference(batch.Fields);
        var sensors = _sensors.AsSpan(first, count);
        var ids = batch.SensorIds.AsSpan(first, count);
        var faults = batch.Faults.AsSpan(first, count);
        var groups = _groups;
        var lookup = table.BeginLookup();
        for (var row = 0; row < sensors.Length; row++)
        {
            sensors[row] = NoSensor;
            if (faults[row] != Fault.None)
                continue;
            var id = ids[row];
            ref var text = ref Unsafe.Add(ref fields, id.Start);
            var sensor = lookup.Find(ref text, id.Length);
            if (sensor < 0)
            {
                sensor = table.AddSensor(MemoryMarshal.CreateReadOnlySpan(ref text, id.Length));
                lookup = table.BeginLookup();
                groups = GroupsFor(sensor);
            }

            sensors[row] = sensor;
            if (groups[sensor].Count++ == 0)
                _met.Add(sensor);
        }

        lookup.End();
    }

    private Group[] GroupsFor(int sensor)
    {
        if (sensor >= _groups.Length)
            Array.Resize(ref _groups, Math.Max(UsualSensors, (sensor + 1) * 2));
        return _groups;
    }

    private void PlaceGroups()
    {
        var next = 0;
        foreach (var sensor in Sensors)
        {
            ref var group = ref _groups[sensor];
            group.Next = next;
            next += group.Count;
        }
    }

    private void Scatter(RowBatch batch)
    {
        var sensors = _sensors.AsSpan(0, batch.RowCount);
        var ticks = batch.Ticks.AsSpan(0, sensors.Length);
        var values = batch.Values.AsSpan(0, sensors.Length);
        var (groups, sortedTicks, sortedValues) = (_groups, _ticks, _values);
        for (var row = 0; row < sensors.Length; row++)
        {
            var sensor = sensors[row];
            if (sensor == NoSensor)
                continue;
            var place = groups[sensor].Next++;
            sortedTicks[place] = ticks[row];
            sortedValues[place] = values[row];
        }
    }

    private void Reserve(int rows)
    {
        if (_sensors.Length >= rows)
            return;
        var length = Math.Max(rows, _sensors.Length * 2);
        (_sensors, _ticks, _values) = (new int[length], new long[length], new double[length]);
    }

    /// <summary>How many readings a sensor has in the batch, and where its next one goes.</summary>
    private struct Group
    {
        public int Count;
        public int Next;
    }
}
