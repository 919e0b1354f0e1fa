namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The running statistics of one sensor in one table.</summary>
internal struct SensorTally
{
    public Moments Moments;
    public QuantileSketch Sketch;
    public ExtremeReadings? Extremes;
    private double _minimum;
    private double _maximum;
    private double _lastValue;
    private long _firstTicks;
    private long _lastTicks;
    private int _lastSequence;

    /// <summary>A tally without readings, to add to.</summary>
    public static SensorTally Empty => new()
    {
        _minimum = double.PositiveInfinity,
        _maximum = double.NegativeInfinity,
        _firstTicks = long.MaxValue,
        _lastTicks = long.MinValue,
    };

    public long Count { get; private set; }

    /// <summary>Of zeros of both signs the positive one.</summary>
    public readonly double Minimum => _minimum + 0.0;

    public readonly double Maximum => _maximum + 0.0;

    public readonly double LastValue => _lastValue;

    public readonly DateTimeOffset First => new(_firstTicks, TimeSpan.Zero);

    public readonly DateTimeOffset Last => new(_lastTicks, TimeSpan.Zero);

    /// <summary>Adds readings, and tells what it found out about them as a whole.</summary>
    public void Add(in ReadingRun run, SketchLines sketches, out RunTimes times, out RunSums sums)
    {
        times = RunTimes.Of(run.Ticks);
        AddTimes(run, times);
        RunSums.Of(run.Values, Moments.ShiftFor(run.Values), out sums);
        _minimum = double.MinNative(_minimum, sums.Minimum);
        _maximum = double.MaxNative(_maximum, sums.Maximum);
        if (sums.HasExtremes)
            AddExtremes(run.Values);
        else
            Moments.Add(sums, run.Count);
        Sketch.Add(run.Values, sums.Minimum, sums.Maximum, sketches);
        Count += run.Count;
    }

    public void Merge(in SensorTally other, SketchLines otherSketches, SketchLines sketches)
    {
        Count += other.Count;
        _minimum = Math.Min(_minimum, other._minimum);
        _maximum = Math.Max(_maximum, other._maximum);
        _firstTicks = Math.Min(_firstTicks, other._firstTicks);
        if (other._lastTicks > _lastTicks || (other._lastTicks == _lastTicks && other._lastSequence > _lastSequence))
            (_lastTicks, _lastSequence, _lastValue) = (other._lastTicks, other._lastSequence, other._lastValue);
        Sketch.Merge(other.Sketch, otherSketches, sketches);
        Moments.Merge(other.Moments);
        if (other.Extremes is { } extremes)
            (Extremes ??= new ExtremeReadings()).Merge(extremes);
    }

    /// <summary>Mean, and sample standard deviation: null for one reading or beyond the range of a double.</summary>
    public readonly (double Mean, double? StandardDeviation) Spread()
    {
        var (mean, squares, scale) = Extremes is { } extremes ? extremes.Combine(Moments) : (Moments.Mean, Moments.SquaredDeviations, 1);
        var deviation = Count > 1 ? Math.Sqrt(squares / (Count - 1)) * scale : double.NaN;
        return (Math.Clamp(mean * scale, _minimum, _maximum), double.IsFinite(deviation) ? deviation : null);
    }

    private void AddTimes(in ReadingRun run, RunTimes times)
    {
        _firstTicks = Math.Min(_firstTicks, times.First);
        if (times.Last < _lastTicks)
            return;
        var latest = LatestOf(run.Ticks, times.Last);
        var sequence = run.SequenceOf(latest);
        if (times.Last > _lastTicks || sequence > _lastSequence)
            (_lastTicks, _lastSequence, _lastValue) = (times.Last, sequence, run.Values[latest]);
    }

    // Mostly the last one, without a search.
    private static int LatestOf(ReadOnlySpan<long> ticks, long last) => ticks[^1] == last ? ticks.Length - 1 : ticks.LastIndexOf(last);

    private void AddExtremes(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (ExtremeReadings.IsExtreme(value))
                (Extremes ??= new ExtremeReadings()).Add(value);
            else
                Moments.Add(value);
        }
    }
}
