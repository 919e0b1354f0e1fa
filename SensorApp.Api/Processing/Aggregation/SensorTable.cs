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

    public SensorTable() => _index = new SensorIndex(_tallies);

    public int Count => _tallies.Count;

    public long Bytes => _tallies.Bytes + _pages.Bytes + _index.Bytes + Series.Bytes;

    public SeriesTable Series { get; } = new();

    /// <summary>Adds one reading: a valid <paramref name="id"/> with eight readable bytes from its start whatever its length, UTC ticks, and a position that grows with the line in the file.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<byte> id, long ticks, double value, long position)
    {
        var sensor = _index.Find(id);
        if (sensor < 0)
            sensor = AddSensor(id);
        _tallies[sensor].Add(ticks, value, position, _pages);
        if (Series.IsKept && Series[sensor].Add(ticks, value, Series.Width))
            Series.Opened(sensor);
    }

    /// <summary>Merges another table of the same file into this one. The other one's series may become coarser by it.</summary>
    public void Merge(SensorTable other)
    {
        SeriesTable.Level(Series, other.Series);
        Span<byte> buffer = stackalloc byte[SensorKey.InlineLength];
        for (var theirs = 0; theirs < other.Count; theirs++)
        {
            var id = other._index.IdOf(theirs, buffer);
            var ours = _index.Find(id);
            if (ours < 0)
                ours = AddSensor(id);
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
