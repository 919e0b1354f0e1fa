using System.Buffers;
using SensorApp.Api.Processing;
using SensorApp.Api.Processing.Documents;

namespace SensorApp.Tests.Processing;

public sealed class SeriesCodingTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Read_EveryKindOfBucket_IsWhatWasWritten()
    {
        SeriesBucket[] series =
        [
            Bucket(0, 1, -1.5, -1.5, -1.5),
            Bucket(1, 3, 7, 7, 7),
            Bucket(2, 2, -0.0, 0.0, 0.0),
            Bucket(500, long.MaxValue >> 2, double.MinValue, double.Epsilon, double.MaxValue),
            Bucket(5_000_000_000, 1, -0.0, -0.0, -0.0),
        ];

        var read = SeriesCoding.Read(Write(series), series.Length, Minute);

        Assert.Equal(series, read);
        Assert.True(double.IsNegative(read[2].Minimum) && !double.IsNegative(read[2].Average) && double.IsNegative(read[4].Maximum));
    }

    [Fact]
    public void Write_BucketsOfOneReadingSideBySide_TakeTenBytesEach()
    {
        var bytes = Write([.. Enumerable.Range(0, 1001).Select(i => Bucket(i, 1, i, i, i))]);
        var first = Write([Bucket(0, 1, 0, 0, 0)]);

        Assert.Equal(first.Length + 10_000, bytes.Length);
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
        SeriesBucket[] series = [.. Enumerable.Range(0, count).Select(i => Bucket(i * FarApart, long.MaxValue >> 2, -i, 0.5 - i, i))];

        Assert.Equal(series, SeriesCoding.Read(Write(series), count, Minute));
    }

    [Fact]
    public void Read_NothingWritten_IsEmpty() => Assert.Empty(SeriesCoding.Read(Write([]), 0, Minute));

    private static byte[] Write(SeriesBucket[] series)
    {
        var output = new ArrayBufferWriter<byte>();
        SeriesCoding.Write(output, series, Minute);
        return output.WrittenSpan.ToArray();
    }

    private static SeriesBucket Bucket(long minute, long count, double minimum, double average, double maximum) =>
        new(DateTimeOffset.MinValue + (minute * Minute), count, minimum, average, maximum);
}
