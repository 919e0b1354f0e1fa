using System.Buffers;
using System.Globalization;
using SensorApp.Api.Processing;
using SensorApp.Api.Processing.Documents;

namespace SensorApp.Tests.Processing;

public sealed class SeriesCodingTests
{
    private const long MostReadings = long.MaxValue >> 3;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Read_EveryKindOfBucket_IsWhatWasWritten()
    {
        AssertReadAsWritten(
        [
            Bucket(0, 1, -1.5, -1.5, -1.5),
            Bucket(1, 3, 7, 7, 7),
            Bucket(2, 2, -0.0, 0.0, 0.0),
            Bucket(3, 2, 0.0, 0.0, -0.0),
            Bucket(4, 2, 21.25, 21.375, 21.5),
            Bucket(5, 2, 21.25, 1 / 3d, 1000.123456),
            Bucket(6, 2, 21.25, 21.3, 21.1234567),
            Bucket(7, 1, 1e-7, 1e-7, 1e-7),
            Bucket(500, MostReadings, double.MinValue, double.Epsilon, double.MaxValue),
            Bucket(501, 1, -0.0, -0.0, -0.0),
            Bucket(5_000_000_000, 3, 21.5, 21.6, 21.75),
        ]);
    }

    [Fact]
    public void Read_IntegersUpToTheLargest_AreWhatWasWritten()
    {
        const double Most = 1L << 62;
        const double TooMany = 2 * Most;

        AssertReadAsWritten(
        [
            Bucket(0, 1, 9_007_199_254_740_993, 9_007_199_254_740_993, 9_007_199_254_740_993),
            Bucket(1, 2, -TooMany, 0, Most),
            Bucket(2, 2, -Most, 0, Most),
            Bucket(3, 1, Most, Most, Most),
            Bucket(4, 2, -TooMany, 0, TooMany),
            Bucket(5, 1, TooMany, TooMany, TooMany),
            Bucket(6, 1, -1, -1, -1),
        ]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Read_RandomBucketsOfAnyNumbers_AreWhatWasWritten(int seed)
    {
        var random = new Random(seed);

        for (var sensor = 0; sensor < 200; sensor++)
        {
            var usualPlaces = random.Next(9);
            AssertReadAsWritten([.. Enumerable.Range(0, random.Next(1, 60)).Select(i =>
            {
                var readings = new[] { Number(random, usualPlaces), Number(random, usualPlaces) };
                return random.Next(3) == 0
                    ? Bucket(i * random.Next(1, 1000), random.Next(2, 100), readings.Min(), readings.Average(), readings.Max())
                    : Bucket(i * random.Next(1, 1000), 1, readings[0], readings[0], readings[0]);
            }).OrderBy(bucket => bucket.Start)]);
        }
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    [InlineData(3, 5)]
    [InlineData(6, 6)]
    [InlineData(7, 10)]
    public void Write_BucketsOfOneReadingSideBySide_TakeFewBytesEach(int places, int most)
    {
        var random = new Random(places);
        var power = Math.Pow(10, places);
        SeriesBucket[] series = [.. Enumerable.Range(0, 1000).Select(i =>
        {
            // The last place is not a zero, else it might not be one.
            var reading = ((random.Next(-31, 31) * power) + 1) / power;
            return Bucket(i, 1, reading, reading, reading);
        })];

        Assert.InRange(Write(series).Length, 1000, (most * series.Length) + 10);
    }

    [Fact]
    public void Write_NumbersThatAreNoShortDecimals_AreNotLookedAtForEver()
    {
        // After some in vain only as many places as were found before are tried; what is written is right all the same.
        SeriesBucket[] doubles = [.. Enumerable.Range(1, 20).Select(i => Bucket(i, 1, Math.Sqrt(2) * i, Math.Sqrt(2) * i, Math.Sqrt(2) * i))];
        SeriesBucket[] decimals = [.. Enumerable.Range(21, 20).Select(i => Bucket(i, 1, i + 0.25, i + 0.25, i + 0.25))];
        SeriesBucket[] integers = [.. Enumerable.Range(41, 20).Select(i => Bucket(i, 1, i, i, i))];
        SeriesBucket[] series = [.. doubles, .. decimals, .. integers];

        AssertReadAsWritten(series);
        Assert.Equal(Write([.. doubles, .. decimals]).Length + 60, Write(series).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(1000)]
    public void Read_SoManyLongBuckets_AreWhatWasWritten(int count)
    {
        const long FarApart = 5_000_000;
        const double Far = 1L << 62;

        AssertReadAsWritten([.. Enumerable.Range(0, count).Select(i => i % 2 == 0
            ? Bucket(i * FarApart, MostReadings, -Far, 0.5 - i, Far)
            : Bucket(i * FarApart, MostReadings, Far, 0.5 - i, 1.5 * Far))]);
    }

    [Fact]
    public void Read_NothingWritten_IsEmpty() => AssertReadAsWritten([]);

    /// <summary>Numbers as sensors send them, and those that no sensor should.</summary>
    private static double Number(Random random, int usualPlaces) => random.Next(10) switch
    {
        0 => BitConverter.Int64BitsToDouble(random.NextInt64()) is var any && double.IsFinite(any) ? any : -0.0,
        1 => -random.NextDouble(),
        2 => double.Parse($"{random.Next(-100, 100)}e{random.Next(-10, 20)}", CultureInfo.InvariantCulture),
        _ => double.Parse($"{random.NextInt64(-10_000_000, 10_000_000)}e-{usualPlaces}", CultureInfo.InvariantCulture),
    };

    private static void AssertReadAsWritten(SeriesBucket[] series)
    {
        var read = SeriesCoding.Read(Write(series), series.Length, Minute, hasDoubles: false);

        // To the last bit: zero and minus zero are equal, but not the same.
        Assert.Equal(series.Select(Exactly), read.Select(Exactly));
    }

    private static (DateTimeOffset Start, long Count, long Minimum, long Average, long Maximum) Exactly(SeriesBucket bucket) =>
        (bucket.Start, bucket.Count, BitConverter.DoubleToInt64Bits(bucket.Minimum), BitConverter.DoubleToInt64Bits(bucket.Average), BitConverter.DoubleToInt64Bits(bucket.Maximum));

    private static byte[] Write(SeriesBucket[] series)
    {
        var output = new ArrayBufferWriter<byte>();
        SeriesCoding.Write(output, series, Minute);
        return output.WrittenSpan.ToArray();
    }

    private static SeriesBucket Bucket(long minute, long count, double minimum, double average, double maximum) =>
        new(DateTimeOffset.MinValue + (minute * Minute), count, minimum, average, maximum);
}
