using System.Globalization;
using System.Text;

using SensorApp.Api.Processing;
using SensorApp.Api.Processing.Aggregation;

namespace SensorApp.Tests.Processing;

/// <summary>The ladder of bucket widths, its caps, and the rule for outlying timestamps.</summary>
public sealed class SeriesTests
{
    private static readonly DateTime Start = new(2024, 1, 1);

    [Theory]
    [InlineData(1_000, 1, 1)]
    [InlineData(1_001, 1, 5)]
    [InlineData(5_000, 1, 5)]
    [InlineData(5_001, 1, 15)]
    [InlineData(2_000, 60, 300)]
    [InlineData(2_000, 3600, 3 * 3600)]
    [InlineData(1_500, 86_400, 7 * 86_400)]
    public async Task RunAsync_OneSensor_TakesTheFinestWidthWithinAThousandBuckets(int readings, int secondsApart, int widthSeconds)
    {
        var captured = await RunAsync(Enumerable.Range(0, readings).Select(i => ("s", Start.AddSeconds((long)i * secondsApart))));

        Assert.Equal(TimeSpan.FromSeconds(widthSeconds), captured.Result.Series!.Width);
        Assert.InRange(captured.Sensor("s").Series.Count, 1, 1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RunAsync_ManySensors_KeepsTheFileWithinItsCap(int workers)
    {
        var readings = Enumerable.Range(0, 700).SelectMany(minute => Enumerable.Range(0, 500).Select(sensor => ($"s{sensor}", Start.AddMinutes(minute))));

        var captured = await RunAsync(readings, workers);

        Assert.Equal(TimeSpan.FromMinutes(5), captured.Result.Series!.Width);
        Assert.Equal(500 * 140, captured.Sensors.Sum(sensor => sensor.Series.Count));
        Assert.Equal(350_000, captured.Sensors.Sum(sensor => sensor.Series.Sum(bucket => bucket.Count)));
    }

    [Fact]
    public async Task RunAsync_UnsortedTimestamps_GivesTheSameSeriesAsSorted()
    {
        var times = Enumerable.Range(0, 20_000).Select(i => ($"s{i % 4}", Start.AddSeconds(i * 11))).ToArray();
        var sorted = await RunAsync(times);
        new Random(3).Shuffle(times);

        var shuffled = await RunAsync(times);

        Assert.Equal(sorted.Result.Series, shuffled.Result.Series);
        foreach (var (left, right) in sorted.Sensors.Zip(shuffled.Sensors))
            Assert.Equal(left.Series.Select(bucket => (bucket.Start, bucket.Count)), right.Series.Select(bucket => (bucket.Start, bucket.Count)));
    }

    [Fact]
    public async Task RunAsync_AFewOutlyingTimestamps_DoNotCoarsenOrStretchTheChart()
    {
        var usual = Enumerable.Range(0, 500).Select(i => ("s", Start.AddSeconds(i)));

        var captured = await RunAsync([.. usual, ("s", new DateTime(1970, 1, 1)), ("s", new DateTime(2099, 1, 1))]);

        Assert.Equal(TimeSpan.FromSeconds(1), captured.Result.Series!.Width);
        Assert.Equal(502, captured.Sensor("s").Series.Count);
        Assert.Equal((Start, Start.AddSeconds(500)), (captured.Result.Series.From.UtcDateTime, captured.Result.Series.To.UtcDateTime));
    }

    [Fact]
    public async Task RunAsync_EvenlySpreadReadings_ShowsThemAll()
    {
        var captured = await RunAsync(Enumerable.Range(0, 12).Select(i => ("s", Start.AddHours(i))));

        Assert.Equal((new DateTimeOffset(Start, TimeSpan.Zero), new DateTimeOffset(Start.AddHours(11).AddSeconds(1), TimeSpan.Zero)), (captured.Result.Series!.From, captured.Result.Series.To));
    }

    [Fact]
    public async Task RunAsync_MoreSensorsThanBuckets_HasNoSeries()
    {
        var captured = await RunAsync(Enumerable.Range(0, 262_145).Select(i => ($"s{i}", Start)));

        Assert.Null(captured.Result.Series);
        Assert.All(captured.Sensors.Take(10), sensor => Assert.Empty(sensor.Series));
    }

    [Fact]
    public void Widths_EachIsAWholeMultipleOfTheOneBefore() =>
        Assert.All(SeriesLadder.Widths.Zip(SeriesLadder.Widths.Skip(1)), pair => Assert.Equal(0, pair.Second % pair.First));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task RunAsync_DecadesOfReadings_PutsEachInTheBucketOfItsTime(int workers)
    {
        var times = Enumerable.Range(0, 20_000).Select(day => Start.AddDays(day)).ToList();

        var captured = await RunAsync(times.Concat(times).Select(time => ("s", time)), workers);

        var width = captured.Result.Series!.Width;
        Assert.Equal(TimeSpan.FromDays(28), width);
        Assert.Equal(
            times.GroupBy(time => time.Ticks / width.Ticks * width.Ticks).Select(bucket => (bucket.Key, 2L * bucket.Count())),
            captured.Sensor("s").Series.Select(bucket => (bucket.Start.UtcTicks, bucket.Count)));
    }

    private static Task<Captured> RunAsync(IEnumerable<(string Sensor, DateTime Time)> readings, int workers = 2)
    {
        var text = new StringBuilder("sensor_id,timestamp,value\n");
        foreach (var (sensor, time) in readings)
            text.Append(CultureInfo.InvariantCulture, $"{sensor},{time:yyyy-MM-ddTHH:mm:ss}Z,1\n");
        return Engine.RunAsync(text.ToString(), options: new ProcessingOptions { ChunkBytes = 64 * 1024, Workers = workers });
    }
}
