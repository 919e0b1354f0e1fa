using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The statistics of all sensors that one worker met in one file. Used by one worker at a time; merged once at the end of the file; reused for the next.</summary>
internal sealed class SensorTable
{
    /// <summary>More sensors than this fail the file.</summary>
    public const int MaxSensors = 1_000_000;

    private readonly PagedList<SensorTally> _tallies = new();
    private readonly SlotPages _pages = new();
    private readonly SensorIndex _index;

    public SensorTable()
    {
        _index = new SensorIndex();
        Readings = new ReadingAggregator(this);
    }

    /// <summary>Adds batches to the table.</summary>
    public ReadingAggregator Readings { get; }

    public int Count => _tallies.Count;

    public long Bytes => _tallies.Bytes + _pages.Bytes + _index.Bytes + Series.Bytes;

    public SeriesTable Series { get; } = new();

    /// <summary>Number of the sensor with a valid id, which must have eight readable bytes from its start whatever its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindOrAdd(ReadOnlySpan<byte> id)
    {
        var sensor = _index.Find(id);
        return sensor >= 0 ? sensor : AddSensor(id);
    }

    /// <summary>Adds readings of one sensor.</summary>
    public void Add(int sensor, in RowChain rows)
    {
        _tallies[sensor].Add(rows, _pages);
        Series.Add(sensor, rows);
    }

    /// <summary>Merges another table of the same file into this one. The other one's series may become coarser by it.</summary>
    public void Merge(SensorTable other)
    {
        SeriesTable.Level(Series, other.Series);
        Span<byte> buffer = stackalloc byte[SensorKey.InlineLength];
        for (var theirs = 0; theirs < other.Count; theirs++)
        {
            var id = other._index.IdOf(theirs, buffer);
            var ours = FindOrAdd(id);
            _tallies[ours].Merge(other._tallies[theirs], other._pages, _pages);
            MergeSeries(ours, theirs, other.Series);
        }
    }

    public ref readonly SensorTally Tally(int sensor) => ref _tallies[sensor];

    /// <summary>The id's UTF-8 bytes, which may lie in <paramref name="buffer"/> (16 bytes).</summary>
    public ReadOnlySpan<byte> IdOf(int sensor, Span<byte> buffer) => _index.IdOf(sensor, buffer);

    public void CopySketch(int sensor, List<(double Value, long Count)> buckets) => _tallies[sensor].Sketch.CopySorted(_pages, buckets);

    public void Clear()
    {
        _tallies.Clear();
        _pages.Clear();
        _index.Clear();
        Series.Clear();
    }

    private int AddSensor(ReadOnlySpan<byte> id)
    {
        Series.Append();
        _tallies.Append() = SensorTally.Empty;
        return _index.Add(id);
    }

    private void MergeSeries(int ours, int theirs, SeriesTable other)
    {
        if (!Series.IsKept)
            return;
        Series.Merge(ours, other[theirs]);
        SeriesTable.Level(Series, other);
    }
}
