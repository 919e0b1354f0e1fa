using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The running statistics of one sensor in one table.</summary>
internal struct SensorTally
{
    public SensorKey Key;
    public Moments Moments;
    public QuantileSketch Sketch;
    public ExtremeReadings? Extremes;
    private double _minimum;
    private double _maximum;
    private double _lastValue;
    private long _firstTicks;
    private long _lastTicks;
    private long _lastPosition;

    public SensorTally(SensorKey key)
    {
        Key = key;
        _minimum = double.PositiveInfinity;
        _maximum = double.NegativeInfinity;
        _firstTicks = long.MaxValue;
        _lastTicks = long.MinValue;
    }

    public long Count { get; private set; }

    public readonly double Minimum => _minimum;

    public readonly double Maximum => _maximum;

    public readonly double LastValue => _lastValue;

    public readonly DateTimeOffset First => new(_firstTicks, TimeSpan.Zero);

    public readonly DateTimeOffset Last => new(_lastTicks, TimeSpan.Zero);

    /// <summary>Adds a reading; <paramref name="position"/> grows with the line in the file and decides which of equal timestamps is the later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long ticks, double value, long position, SlotPages pages)
    {
        Count++;
        if (value < _minimum)
            _minimum = value;
        if (value > _maximum)
            _maximum = value;
        if (ticks < _firstTicks)
            _firstTicks = ticks;
        if (ticks > _lastTicks || (ticks == _lastTicks && position > _lastPosition))
            (_lastTicks, _lastPosition, _lastValue) = (ticks, position, value);
        Sketch.Add(value, pages);
        if (ExtremeReadings.IsExtreme(value))
            (Extremes ??= new ExtremeReadings()).Add(value);
        else
            Moments.Add(value);
    }

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
