using System.Numerics;

namespace SensorApp.Tests.Processing;

/// <summary>Mean and deviation in exact arithmetic: a double is a whole number of 2^-1074, and whole numbers do not round.</summary>
internal static class ExactStatistics
{
    private const int Unit = 1074;

    public static double Mean(IReadOnlyCollection<double> values) => Divide(Sum(values), values.Count, Unit);

    public static double StandardDeviation(IReadOnlyCollection<double> values)
    {
        BigInteger n = values.Count;
        var sum = Sum(values);
        var squares = values.Select(value => BigInteger.Pow(ToWhole(value), 2)).Aggregate(BigInteger.Zero, BigInteger.Add);
        return SquareRoot((n * squares) - (sum * sum), n * (n - 1));
    }

    public static double Percentile(IReadOnlyCollection<double> values, int percent) =>
        values.Order().ElementAt((int)((((long)percent * values.Count) + 99) / 100) - 1);

    private static BigInteger Sum(IEnumerable<double> values) => values.Select(ToWhole).Aggregate(BigInteger.Zero, BigInteger.Add);

    private static BigInteger ToWhole(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 1L << 52);
        var whole = (BigInteger)mantissa << Math.Max(0, exponent - 1);
        return value < 0 ? -whole : whole;
    }

    /// <summary>numerator / denominator / 2^unit to 64 bits.</summary>
    private static double Divide(BigInteger numerator, BigInteger denominator, int unit)
    {
        if (numerator.IsZero)
            return 0;
        var shift = 64 - (int)(BigInteger.Abs(numerator).GetBitLength() - denominator.GetBitLength());
        var quotient = shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift);
        return Scale((double)quotient, -shift - unit);
    }

    private static double SquareRoot(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
            return 0;
        var shift = 256 + (int)(denominator.GetBitLength() - numerator.GetBitLength());
        shift += shift & 1;
        var quotient = shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift);
        var root = (BigInteger)1 << (int)((quotient.GetBitLength() + 1) / 2);
        for (var next = (root + (quotient / root)) / 2; next < root; next = (root + (quotient / root)) / 2)
            root = next;
        return Scale((double)root, (-shift / 2) - Unit);
    }

    // In two steps: 2^exponent alone may be beyond a double where the product is not.
    private static double Scale(double value, int exponent) => Math.ScaleB(Math.ScaleB(value, exponent / 2), exponent - (exponent / 2));
}
