namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The readings of a sensor whose squares a double cannot hold, scaled by a power of two (which is exact) to where it can. Rare, so kept apart.</summary>
internal sealed class ExtremeReadings
{
    private const int SmallestExponent = -400;
    private const int LargestExponent = 479;
    private const int ExponentBias = 1023;
    private const double Up = 1.0 / Down;
    private const double Down = 2.409919865102884E-181;

    private Moments _large;
    private Moments _small;

    /// <summary>Whether a value must come here rather than to the sensor's ordinary <see cref="Moments"/>.</summary>
    public static bool IsExtreme(double value)
    {
        var exponent = (uint)(BitConverter.DoubleToUInt64Bits(value) >> 52) & 0x7FF;
        return exponent - (ExponentBias + SmallestExponent) > LargestExponent - SmallestExponent && value != 0;
    }

    public void Add(double value)
    {
        if (Math.Abs(value) > 1)
            _large.Add(value * Down);
        else
            _small.Add(value * Up);
    }

    public void Merge(ExtremeReadings other)
    {
        _large.Merge(other._large);
        _small.Merge(other._small);
    }

    /// <summary>Mean and sum of squared deviations of all readings, as multiples of the scale and its square.</summary>
    public (double Mean, double SquaredDeviations, double Scale) Combine(in Moments ordinary)
    {
        var scale = _large.Count > 0 ? Up : ordinary.IsAllZero ? Down : 1;
        var total = Group.Of(_large, Up / scale).With(Group.Of(ordinary, 1 / scale)).With(Group.Of(_small, Down / scale));
        return (total.Mean, total.SquaredDeviations, scale);
    }

    private readonly record struct Group(long Count, double SumHigh, double SumLow, double SquaredDeviations)
    {
        public double Mean => (SumHigh / Count) + (SumLow / Count);

        public static Group Of(in Moments moments, double factor)
        {
            var (high, low) = moments.Sum;
            return new Group(moments.Count, high * factor, low * factor, moments.SquaredDeviations * factor * factor);
        }

        public Group With(Group other)
        {
            if (Count == 0 || other.Count == 0)
                return Count == 0 ? other : this;
            var step = other.Mean - Mean;
            var between = step * step * ((double)Count / (Count + other.Count)) * other.Count;
            var high = SumHigh + other.SumHigh;
            var added = high - SumHigh;
            var low = SumHigh - (high - added) + (other.SumHigh - added) + SumLow + other.SumLow;
            return new Group(Count + other.Count, high, low, SquaredDeviations + other.SquaredDeviations + between);
        }
    }
}
