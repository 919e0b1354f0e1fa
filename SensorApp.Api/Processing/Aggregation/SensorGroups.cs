using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using SensorApp.Api.Processing.Parsing;

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
    private const int ChainsTogether = 4;

    // A row each. The chain is kept apart from what it leads to: it is walked faster than the readings come from memory, so that they are asked for ahead.
    private Reading[] _readings = [];
    private int[] _previous = [];

    // The runs handed out.
    private long[] _runTicks = [];
    private double[] _runValues = [];

    private readonly Run[] _runs = new Run[ChainsTogether];

    private Group[] _groups = [];
    private readonly List<int> _met = [];
    private readonly List<HeldBatch> _batches = [];
    private int _rows;

    /// <summary>The sensors met, in order of their first rows.</summary>
    public ReadOnlySpan<int> Sensors => CollectionsMarshal.AsSpan(_met);

    /// <summary>Memory taken, for the table's account.</summary>
    public long Bytes => ((long)_groups.Length * Unsafe.SizeOf<Group>()) + ((long)_previous.Length * (sizeof(int) + (2 * Unsafe.SizeOf<Reading>())));

    /// <summary>Whether the batch can be held, too: there is room, and it is from behind the others in the file.</summary>
    public bool HasRoomFor(RowBatch batch) => _rows == 0 || (_rows + batch.RowCount <= RowsHeld && batch.Chunk!.Sequence > _batches[^1].Sequence);

    /// <summary>Takes the batch's valid readings. Sensors that the table does not know yet are added to it.</summary>
    public void Hold(RowBatch batch, SensorTable table)
    {
        Reserve(batch.RowCount);
        var before = _rows;
        for (var first = 0; first < batch.RowCount; first += RowsLookedUpTogether)
        {
            var count = Math.Min(RowsLookedUpTogether, batch.RowCount - first);
            table.Index.Prepare(batch, first, count);
            ChainRows(batch, table, first, count);
        }

        if (_rows > before)
            _batches.Add(new HeldBatch(_rows, batch.Chunk!.Sequence));
    }

    /// <summary>The readings of a sensor met, which are then forgotten; good until the next are taken. Must be called for all, in order: some are gathered at a time.</summary>
    /// <param name="met">Its place among <see cref="Sensors"/>.</param>
    public ReadingRun Take(int met)
    {
        if (met % ChainsTogether == 0)
            Gather(Sensors.Slice(met, Math.Min(ChainsTogether, _met.Count - met)));
        var run = _runs[met % ChainsTogether];
        var places = new RunPlaces(run.LastRow, _previous, CollectionsMarshal.AsSpan(_batches));
        return new ReadingRun(_runTicks.AsSpan(run.Start, run.Count), _runValues.AsSpan(run.Start, run.Count), places);
    }

    /// <summary>Makes room for the next readings, once all are taken.</summary>
    public void Forget()
    {
        _met.Clear();
        _batches.Clear();
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
        if (_previous.Length > RowsHeld)
            Resize(0);
    }

    // Not inlined, nor is what it seldom calls: most of its time would go to loading again what did not fit into the processor's registers.
    // The columns are as long as the batch, and there is room for all its rows: checking that for each would take registers, too.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ChainRows(RowBatch batch, SensorTable table, int first, int count)
    {
        ref var fields = ref MemoryMarshal.GetArrayDataReference(batch.Fields);
        var ids = batch.SensorIds.AsSpan(first, count);
        ref var ticks = ref batch.Ticks[first];
        ref var values = ref batch.Values[first];
        ref var readings = ref MemoryMarshal.GetArrayDataReference(_readings);
        ref var previous = ref MemoryMarshal.GetArrayDataReference(_previous);
        var groups = _groups;
        var lookup = table.Index.BeginLookup();
        var last = table.Index.Last;
        var row = _rows;
        for (var i = 0; i < ids.Length; i++)
        {
            var id = ids[i];
            if (id.Length == 0)
                continue;
            ref var text = ref Unsafe.Add(ref fields, id.Start);
            var sensor = lookup.FindAfter(last, ref text, id.Length);
            if (sensor < 0)
            {
                sensor = table.AddSensor(MemoryMarshal.CreateReadOnlySpan(ref text, id.Length));
                lookup = table.Index.BeginLookup();
                groups = GroupsFor(sensor);
            }

            last = sensor;
            ref var group = ref groups[sensor];
            if (group.Count == 0)
                Meet(sensor);
            Unsafe.Add(ref readings, row) = new Reading(Unsafe.Add(ref ticks, i), Unsafe.Add(ref values, i));
            Unsafe.Add(ref previous, row) = group.Last;
            group = new Group(group.Count + 1, row);
            row++;
        }

        table.Index.Last = last;
        _rows = row;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Group[] GroupsFor(int sensor)
    {
        if (sensor >= _groups.Length)
            Array.Resize(ref _groups, Math.Max(UsualSensors, (sensor + 1) * 2));
        return _groups;
    }

    private void Gather(ReadOnlySpan<int> sensors)
    {
        var start = 0;
        for (var i = 0; i < ChainsTogether; i++)
        {
            var group = i < sensors.Length ? _groups[sensors[i]] : default;
            _runs[i] = new Run(start, group.Count, group.Last);
            start += group.Count;
        }

        foreach (var sensor in sensors)
            _groups[sensor] = default;
        FollowChains();
    }

    // Each step along a chain waits for the one before it; four chains wait at the same time, and what they lead to mostly lies side by side.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FollowChains()
    {
        var (readings, previous, ticks, values) = (_readings, _previous, _runTicks, _runValues);
        var (a, b, c, d) = (new Cursor(_runs[0]), new Cursor(_runs[1]), new Cursor(_runs[2]), new Cursor(_runs[3]));
        var together = Math.Min(Math.Min(_runs[0].Count, _runs[1].Count), Math.Min(_runs[2].Count, _runs[3].Count));
        for (var step = 0; step < together; step++)
        {
            a.Step(readings, previous, ticks, values);
            b.Step(readings, previous, ticks, values);
            c.Step(readings, previous, ticks, values);
            d.Step(readings, previous, ticks, values);
        }

        FollowRest(a, _runs[0].Start);
        FollowRest(b, _runs[1].Start);
        FollowRest(c, _runs[2].Start);
        FollowRest(d, _runs[3].Start);
    }

    private void FollowRest(Cursor chain, int start)
    {
        while (chain.At > start)
            chain.Step(_readings, _previous, _runTicks, _runValues);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Meet(int sensor) => _met.Add(sensor);

    /// <summary>Makes room for so many more rows: hardly more than for them at first, because most files are of one batch.</summary>
    private void Reserve(int rows)
    {
        var needed = _rows + rows;
        if (needed <= _previous.Length)
            return;
        Resize(Math.Max(needed, _rows > 0 ? RowsHeld : Math.Min(RowsHeld, _previous.Length * 2)));
    }

    private void Resize(int length)
    {
        (_runTicks, _runValues) = (new long[length], new double[length]);
        Array.Resize(ref _readings, length);
        Array.Resize(ref _previous, length);
    }

    private readonly record struct Reading(long Ticks, double Value);

    /// <summary>How many readings a sensor has among those held, and the last row of their chain.</summary>
    private readonly record struct Group(int Count, int Last);

    /// <summary>Where a sensor's readings are among those handed out, and the last row of their chain.</summary>
    private readonly record struct Run(int Start, int Count, int LastRow);

    /// <summary>Copies the readings of a chain, from the last to the first.</summary>
    private struct Cursor(Run run)
    {
        private int _row = run.LastRow;

        public int At { get; private set; } = run.Start + run.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(Reading[] readings, int[] previous, long[] ticks, double[] values)
        {
            At--;
            (ticks[At], values[At]) = readings[_row];
            _row = previous[_row];
        }
    }
}
