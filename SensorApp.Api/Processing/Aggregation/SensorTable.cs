using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using SensorApp.Api.Processing.Parsing;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The statistics of all sensors that one worker met in one file. Used by one worker at a time; merged once at the end of the file; reused for the next.</summary>
internal sealed class SensorTable
{
    /// <summary>More sensors than this fail the file.</summary>
    public const int MaxSensors = 1_000_000;

    private const int TouchedTogether = 16;

    private readonly SensorGroups _groups = new();

    public int Count => Tallies.Count;

    public long Bytes => Tallies.Bytes + Index.Bytes + _groups.Bytes + Series.Bytes;

    /// <summary>Where sensors are found by their ids; those that are not there are added with <see cref="AddSensor"/>.</summary>
    public SensorIndex Index { get; } = new();

    public SensorTallies Tallies { get; } = new();

    public SeriesTable Series { get; } = new();

    /// <summary>Adds the valid rows of a batch. They are only held until there are many: all readings of a sensor are then added in one go.</summary>
    public void Add(RowBatch batch)
    {
        if (batch.RowCount == 0)
            return;
        if (!_groups.HasRoomFor(batch))
            AddHeld();
        _groups.Hold(batch, this);
    }

    /// <summary>Adds what is still held; to be called before anything is read from the table.</summary>
    public void Finish()
    {
        AddHeld();
        Series.Finish();
    }

    /// <summary>Number of a new sensor with a valid id.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int AddSensor(ReadOnlySpan<byte> id)
    {
        Series.Append();
        Tallies.Append();
        return Index.Add(id);
    }

    /// <summary>Merges another table of the same file into this one. The other one's series may become coarser by it.</summary>
    public void Merge(SensorTable other)
    {
        AddHeld();
        other.AddHeld();
        SeriesTable.Level(Series, other.Series);
        Span<byte> buffer = stackalloc byte[SensorKey.InlineLength];
        var lookup = Index.BeginLookup();
        for (var theirs = 0; theirs < other.Count; theirs++)
        {
            if (theirs % TouchedTogether == 0)
                Index.Prepare(other.Index, theirs, Math.Min(TouchedTogether, other.Count - theirs));
            var id = other.IdOf(theirs, buffer);
            var ours = lookup.FindAfter(Index.Last, ref MemoryMarshal.GetReference(id), id.Length);
            if (ours < 0)
            {
                ours = AddSensor(id);
                lookup = Index.BeginLookup();
            }

            Index.Last = ours;
            Tallies.Merge(ours, other.Tallies, theirs);
            Series.Merge(ours, other.Series, theirs);
        }
    }

    /// <summary>The id's UTF-8 bytes, which may lie in <paramref name="buffer"/> (16 bytes).</summary>
    public ReadOnlySpan<byte> IdOf(int sensor, Span<byte> buffer) => Index.IdOf(sensor, buffer);

    public void Clear()
    {
        Tallies.Clear();
        Index.Clear();
        _groups.Clear();
        Series.Clear();
    }

    private void AddHeld()
    {
        var sensors = _groups.Sensors;
        for (var met = 0; met < sensors.Length; met++)
        {
            if (met % TouchedTogether == 0)
                Touch(sensors.Slice(met, Math.Min(TouchedTogether, sensors.Length - met)));
            var run = _groups.Take(met);
            Tallies.Add(sensors[met], run, out var times, out var sums);
            Series.Add(sensors[met], run, times, sums);
        }

        _groups.Forget();
    }

    // What the sensors of a file have lies all over memory: that of some is brought near at once, where each would wait for its own.
    private void Touch(ReadOnlySpan<int> sensors)
    {
        var touched = 0L;
        foreach (var sensor in sensors)
            touched |= Series.Touch(sensor);
        TouchedMemory.Use(touched);
    }
}
