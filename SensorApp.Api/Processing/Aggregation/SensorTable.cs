using System.Runtime.InteropServices;

using SensorApp.Api.Processing.Parsing;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The statistics of all sensors that one worker met in one file. Used by one worker at a time; merged once at the end of the file; reused for the next.</summary>
internal sealed class SensorTable
{
    /// <summary>More sensors than this fail the file.</summary>
    public const int MaxSensors = 1_000_000;

    private readonly SensorIndex _index = new();
    private readonly SensorGroups _groups = new();

    public int Count => Tallies.Count;

    public long Bytes => Tallies.Bytes + _index.Bytes + _groups.Bytes + Series.Bytes;

    public SensorTallies Tallies { get; } = new();

    public SeriesTable Series { get; } = new();

    /// <summary>Adds the valid rows of a batch, all readings of a sensor in one go: its statistics are then fetched once a batch, not once a row.</summary>
    public void Add(RowBatch batch)
    {
        _groups.Sort(batch, this);
        foreach (var sensor in _groups.Sensors)
        {
            var run = _groups.Take(sensor, batch.Chunk!.Sequence);
            Tallies.Add(sensor, run, out var times, out var sums);
            Series.Add(sensor, run, times, sums);
        }
    }

    /// <summary>Looks up sensors by their ids; good until one is added.</summary>
    public SensorIndex.Lookup BeginLookup() => _index.Begin();

    /// <summary>Says which rows' ids are looked up next.</summary>
    public void PrepareLookup(RowBatch batch, int first, int count) => _index.Prepare(batch, first, count);

    /// <summary>Number of a new sensor with a valid id.</summary>
    public int AddSensor(ReadOnlySpan<byte> id)
    {
        Series.Append();
        Tallies.Append();
        return _index.Add(id);
    }

    /// <summary>Merges another table of the same file into this one. The other one's series may become coarser by it.</summary>
    public void Merge(SensorTable other)
    {
        SeriesTable.Level(Series, other.Series);
        Span<byte> buffer = stackalloc byte[SensorKey.InlineLength];
        var lookup = BeginLookup();
        for (var theirs = 0; theirs < other.Count; theirs++)
        {
            var id = other._index.IdOf(theirs, buffer);
            var ours = lookup.Find(ref MemoryMarshal.GetReference(id), id.Length);
            if (ours < 0)
            {
                ours = AddSensor(id);
                lookup = BeginLookup();
            }

            Tallies.Merge(ours, other.Tallies, theirs);
            Series.Merge(ours, other.Series, theirs);
        }
    }

    /// <summary>The id's UTF-8 bytes, which may lie in <paramref name="buffer"/> (16 bytes).</summary>
    public ReadOnlySpan<byte> IdOf(int sensor, Span<byte> buffer) => _index.IdOf(sensor, buffer);

    public void Clear()
    {
        Tallies.Clear();
        _index.Clear();
        _groups.Clear();
        Series.Clear();
    }
}
