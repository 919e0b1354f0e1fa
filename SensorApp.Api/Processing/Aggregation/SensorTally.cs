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
    private long _lastPosition;

    /// <summary>A tally without readings, to add to.</summary>
    public static SensorTally Empty => new()
    {
        _minimum = double.PositiveInfinity,
        _maximum = double.NegativeInfinity,
        _firstTicks = long.MaxValue,
        _lastTicks = long.MinValue,
    };

    public long Count { get; private set; }

    public readonly double Minimum => _minimum;

    public readonly double Maximum => _maximum;

    public readonly double LastValue => _lastValue;

    public readonly DateTimeOffset First => new(_firstTicks, TimeSpan.Zero);

    public readonly DateTimeOffset Last => new(_lastTicks, TimeSpan.Zero);

    /// <summary>Adds readings.</summary>
    public void Add(in RowChain rows, SlotPages pages)
    {
        // Worked on in locals, which the compiler can keep in registers.
        var (minimum, maximum, first, last, lastRow, count) = (_minimum, _maximum, _firstTicks, _lastTicks, -1, 0);
        var moments = Moments;
        for (var row = rows.First; row >= 0; row = rows.Next[row])
        {
            var (ticks, value) = (rows.Ticks[row], rows.Values[row]);
            count++;
            minimum = value < minimum ? value : minimum;
            maximum = value > maximum ? value : maximum;
            first = ticks < first ? ticks : first;
            if (ticks > last || (ticks == last && rows.Position + row > LastPositionAt(lastRow, rows.Position)))
                (last, lastRow) = (ticks, row);
            Sketch.Add(value, pages);
            if (ExtremeReadings.IsExtreme(value))
                (Extremes ??= new ExtremeReadings()).Add(value);
            else
                moments.Add(value);
        }

        Moments = moments;
        Count += count;
        (_minimum, _maximum, _firstTicks) = (minimum, maximum, first);
        if (lastRow >= 0)
            (_lastTicks, _lastPosition, _lastValue) = (last, rows.Position + lastRow, rows.Values[lastRow]);
    }

    // Within the chain any later row wins over an earlier one.
    private readonly long LastPositionAt(int row, long position) => row < 0 ? _lastPosition : position + row;

    public void Merge(in SensorTally other, SlotPages otherPages, SlotPages pages)
    {
        Count += other.Count;
        _minimum = Math.Min(_minimum, other._minimum);
        _maximum = Math.Max(_maximum, other._maximum);
        _firstTicks = Math.Min(_firstTicks, other._firstTicks);
        if (other._lastTicks > _lastTicks || (other._lastTicks == _lastTicks && other._lastPosition > _lastPosition))
            (_lastTicks, _lastPosition, _lastValue) = (other._lastTicks, other._lastPosition, other._lastValue);
        Sketch.Merge(other.Sketch, otherPages, pages);
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
}
