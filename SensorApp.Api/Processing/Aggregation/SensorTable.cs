using System.Runtime.InteropServices;

using SensorApp.Api.Processing.Parsing;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The statistics of all sensors that one worker met in one file. Used by one worker at a time; merged once at the end of the file; reused for the next.</summary>
internal sealed class SensorTable
{
    /// <summary>More sensors than this fail the file.</summary>
    public const int MaxSensors = 1_000_000;

    private readonly PagedList<SensorTally> _tallies = new();
    private readonly SketchLines _sketches = new();
    private readonly SensorIndex _index = new();
    private readonly SensorGroups _groups = new();

    public int Count => _tallies.Count;

    public long Bytes => _tallies.Bytes + _sketches.Bytes + _index.Bytes + _groups.Bytes + Series.Bytes;

    public SeriesTable Series { get; } = new();

    /// <summary>Adds the valid rows of a batch, all readings of a sensor in one go: its statistics are then fetched once a batch, not once a row.</summary>
    public void Add(RowBatch batch)
    {
        _groups.Sort(batch, this);
        foreach (var sensor in _groups.Sensors)
        {
            var run = _groups.Take(sensor, batch.Chunk!.Sequence);
            _tallies[sensor].Add(run, _sketches, out var times, out var sums);
            Series.Add(sensor, run, times, sums);
        }
    }

    /// <summary>Looks up sensors by their ids; good until one is added.</summary>
    public SensorIndex.Lookup BeginLookup() => _index.Begin();

    /// <summary>Number of a new sensor with a valid id.</summary>
    public int AddSensor(ReadOnlySpan<byte> id)
    {
        Series.Append();
        _tallies.Append() = SensorTally.Empty;
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

            _tallies[ours].Merge(other._tallies[theirs], other._sketches, _sketches);
            Series.Merge(ours, other.Series, theirs);
        }
    }

    public ref readonly SensorTally Tally(int sensor) => ref _tallies[sensor];

    /// <summary>The id's UTF-8 bytes, which may lie in <paramref name="buffer"/> (16 bytes).</summary>
    public ReadOnlySpan<byte> IdOf(int sensor, Span<byte> buffer) => _index.IdOf(sensor, buffer);

    public void CopySketch(int sensor, List<(double Value, long Count)> buckets) => _tallies[sensor].Sketch.CopySorted(_sketches, buckets);

    public void Clear()
    {
        _tallies.Clear();
        _sketches.Clear();
        _index.Clear();
        _groups.Clear();
        Series.Clear();
    }
}
