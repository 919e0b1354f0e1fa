namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The running statistics of all sensors in one table, but for the series.</summary>
/// <remarks>A sensor that has one reading is kept as that reading, a sixth of what statistics take: in a file of very many sensors most are like that.</remarks>
internal sealed class SensorTallies
{
    private readonly PagedList<SensorEntry> _entries = new();
    private readonly PagedList<SensorTally> _tallies = new();
    private readonly SketchLines _sketches = new();

    public int Count => _entries.Count;

    /// <summary>Memory taken.</summary>
    public long Bytes => _entries.Bytes + _tallies.Bytes + _sketches.Bytes;

    /// <summary>Makes room for the next sensor.</summary>
    public void Append() => _entries.Append() = SensorEntry.Empty;

    public long CountOf(int sensor) => _entries[sensor] switch
    {
        { IsEmpty: true } => 0,
        { HasTally: true } entry => _tallies[entry.Tally].Count,
        _ => 1,
    };

    /// <summary>The sensor's only reading, as a run of one; false when it has more.</summary>
    public bool TryGetOnlyReading(int sensor, out ReadingRun reading)
    {
        ref readonly var entry = ref _entries[sensor];
        reading = entry.HasTally ? default : entry.OnlyReading;
        return !entry.HasTally;
    }

    /// <summary>The statistics of a sensor with more than one reading.</summary>
    public ref readonly SensorTally Tally(int sensor) => ref _tallies[_entries[sensor].Tally];

    /// <summary>The readings at some ranks of a sensor with more than one, see <see cref="QuantileSketch.ValuesAt"/>.</summary>
    public void ReadingsAt(int sensor, ReadOnlySpan<long> ranks, Span<double> readings) => Tally(sensor).Sketch.ValuesAt(ranks, readings, _sketches);

    /// <summary>Adds readings, and tells what was found out about them as a whole.</summary>
    public void Add(int sensor, in ReadingRun run, out RunTimes times, out RunSums sums)
    {
        ref var entry = ref _entries[sensor];
        if (entry.IsEmpty && run.Count == 1)
        {
            entry = SensorEntry.Of(run);
            times = RunTimes.Of(run.Ticks);
            RunSums.Of(run.Values, run.Values[0], out sums);
            return;
        }

        TallyOf(ref entry).Add(run, _sketches, out times, out sums);
    }

    /// <summary>Merges what another table has of the same sensor.</summary>
    public void Merge(int sensor, SensorTallies other, int theirs)
    {
        ref readonly var entry = ref other._entries[theirs];
        if (entry.HasTally)
            TallyOf(ref _entries[sensor]).Merge(other._tallies[entry.Tally], other._sketches, _sketches);
        else
            Add(sensor, entry.OnlyReading, out _, out _);
    }

    public void Clear()
    {
        _entries.Clear();
        _tallies.Clear();
        _sketches.Clear();
    }

    /// <summary>The sensor's statistics, which begin with the reading that it may have.</summary>
    private ref SensorTally TallyOf(ref SensorEntry entry)
    {
        if (entry.HasTally)
            return ref _tallies[entry.Tally];
        ref var tally = ref _tallies.Append();
        tally = SensorTally.Empty;
        if (!entry.IsEmpty)
            tally.Add(entry.OnlyReading, _sketches, out _, out _);
        entry.Tally = _tallies.Count - 1;
        return ref tally;
    }
}
