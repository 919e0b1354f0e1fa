using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Holds the rows of some batches, and hands the valid readings out sensor by sensor: what follows then works on whole runs, not on single rows scattered over all sensors.</summary>
/// <remarks>
/// Working space of one worker, reused from file to file. The rows of a sensor are chained, not sorted: sensors mostly come in the same order again
/// and again, so that gathering the rows of one brings those of the next few into the near cache, where placing them would write all over memory.
/// </remarks>
internal sealed class SensorGroups
{
    // A batch has half a dozen readings of each of a thousand sensors; what is done once a run would cost more than what is done once a reading.
    private const int RowsHeld = 32 * 1024;
    private const int UsualSensors = 4096;
    private const int RowsLookedUpTogether = 32;

    // A row each: the reading, and the sensor's next row.
    private long[] _ticks = [];
    private double[] _values = [];
    private int[] _next = [];

    // The run handed out.
    private long[] _runTicks = [];
    private double[] _runValues = [];
    private int[] _runSequences = [];

    private Group[] _groups = [];
    private readonly List<int> _met = [];
    private readonly List<Segment> _segments = [];
    private int _rows;

    /// <summary>The sensors met, in order of their first rows.</summary>
    public ReadOnlySpan<int> Sensors => CollectionsMarshal.AsSpan(_met);

    /// <summary>Memory taken, for the table's account.</summary>
    public long Bytes => ((long)_groups.Length * Unsafe.SizeOf<Group>()) + ((long)_next.Length * 2 * (sizeof(int) + sizeof(long) + sizeof(double)));

    /// <summary>Whether the batch can be held, too: there is room, and it is from behind the others in the file.</summary>
    public bool HasRoomFor(RowBatch batch) => _rows == 0 || (_rows + batch.RowCount <= RowsHeld && batch.Chunk!.Sequence > _segments[^1].Sequence);

    /// <summary>Takes the batch's valid readings. Sensors that the table does not know yet are added to it.</summary>
    public void Hold(RowBatch batch, SensorTable table)
    {
        Reserve(batch.RowCount);
        batch.Ticks.AsSpan(0, batch.RowCount).CopyTo(_ticks.AsSpan(_rows));
        batch.Values.AsSpan(0, batch.RowCount).CopyTo(_values.AsSpan(_rows));
        for (var first = 0; first < batch.RowCount; first += RowsLookedUpTogether)
        {
            var count = Math.Min(RowsLookedUpTogether, batch.RowCount - first);
            table.Index.Prepare(batch, first, count);
            ChainRows(batch, table, first, count);
        }

        _rows += batch.RowCount;
        _segments.Add(new Segment(_rows, batch.Chunk!.Sequence));
    }

    /// <summary>The readings of a sensor met, which are then forgotten; good until the next are taken.</summary>
    public ReadingRun Take(int sensor)
    {
        ref var group = ref _groups[sensor];
        var (row, count) = (group.First, group.Count);
        group = default;
        var ticks = _runTicks.AsSpan(0, count);
        var values = _runValues.AsSpan(0, count);
        var sequences = _runSequences.AsSpan(0, count);
        var segments = CollectionsMarshal.AsSpan(_segments);
        for (var i = 0; i < ticks.Length; i++)
        {
            while (row >= segments[0].End)
                segments = segments[1..];
            (ticks[i], values[i], sequences[i]) = (_ticks[row], _values[row], segments[0].Sequence);
            row = _next[row];
        }

        return new ReadingRun(ticks, values, sequences);
    }

    /// <summary>Makes room for the next readings, once all are taken.</summary>
    public void Forget()
    {
        _met.Clear();
        _segments.Clear();
        _rows = 0;
    }

    /// <summary>Forgets what was not taken, and gives back what only files of very many sensors or very short rows need.</summary>
    public void Clear()
    {
        foreach (var sensor in Sensors)
            _groups[sensor] = default;
        Forget();
        if (_groups.Length > UsualSensors)
            _groups = [];
        if (_next.Length > RowsHeld)
            Resize(0);
    }

    // Not inlined, nor is what it seldom calls: most of its time would go to loading again what did not fit into the processor's registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ChainRows(RowBatch batch, SensorTable table, int first, int count)
    {
        ref var fields = ref MemoryMarshal.GetArrayDataReference(batch.Fields);
        var ids = batch.SensorIds.AsSpan(first, count);
        var faults = batch.Faults.AsSpan(first, count);
        var (groups, next) = (_groups, _next);
        var lookup = table.Index.BeginLookup();
        var last = table.Index.Last;
        for (var i = 0; i < ids.Length; i++)
        {
            if (faults[i] != Fault.None)
                continue;
            var id = ids[i];
            ref var text = ref Unsafe.Add(ref fields, id.Start);
            var sensor = lookup.FindAfter(last, ref text, id.Length);
            if (sensor < 0)
            {
                sensor = table.AddSensor(MemoryMarshal.CreateReadOnlySpan(ref text, id.Length));
                lookup = table.Index.BeginLookup();
                groups = GroupsFor(sensor);
            }

            last = sensor;
            var row = _rows + first + i;
            ref var group = ref groups[sensor];
            if (group.Count == 0)
                Meet(sensor, row);
            else
                next[group.Last] = row;
            group.Count++;
            group.Last = row;
        }

        table.Index.Last = last;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Group[] GroupsFor(int sensor)
    {
        if (sensor >= _groups.Length)
            Array.Resize(ref _groups, Math.Max(UsualSensors, (sensor + 1) * 2));
        return _groups;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Meet(int sensor, int row)
    {
        _groups[sensor].First = row;
        _met.Add(sensor);
    }

    /// <summary>Makes room for so many more rows: hardly more than for them at first, because most files are of one batch.</summary>
    private void Reserve(int rows)
    {
        var needed = _rows + rows;
        if (needed <= _next.Length)
            return;
        Resize(Math.Max(needed, _rows > 0 ? RowsHeld : Math.Min(RowsHeld, _next.Length * 2)));
    }

    private void Resize(int length)
    {
        (_runTicks, _runValues, _runSequences) = (new long[length], new double[length], new int[length]);
        Array.Resize(ref _ticks, length);
        Array.Resize(ref _values, length);
        Array.Resize(ref _next, length);
    }

    /// <summary>Where the rows of a batch end, which begin where those of the one before end, and the place of the batch in the file.</summary>
    private readonly record struct Segment(int End, int Sequence);

    /// <summary>How many readings a sensor has among those held, and the chain of their rows.</summary>
    private struct Group
    {
        public int Count;
        public int First;
        public int Last;
    }
}
