using System.Globalization;
using System.Text;

using SensorApp.Api.Processing;

namespace SensorApp.Tests.Processing;

/// <summary>The statistics against exact arithmetic, for several chunk sizes and numbers of workers.</summary>
public sealed class StatisticsTests
{
    private static readonly DateTime Start = new(2024, 1, 1);

    public static TheoryData<string, double[]> Data()
    {
        var random = new Random(7);
        double[] Make(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return new()
        {
            { "cancelling", [1e16, 1, -1e16, 1] },
            { "one", [3.25] },
            { "two", [1, 2] },
            { "normal", Make(3_000, _ => 20 + (5 * Normal())) },
            { "uniform", Make(3_000, _ => random.NextDouble() * 1000) },
            { "exponential", Make(3_000, _ => -Math.Log(1 - random.NextDouble())) },
            { "constant", Make(5_000, _ => 20.1) },
            { "two-valued", Make(3_000, _ => random.Next(2) == 0 ? 20.1 : 20.3) },
            { "negative", Make(3_000, _ => -5 - Math.Abs(Normal())) },
            { "around zero", Make(3_000, _ => Normal()) },
            { "wide range", Make(3_000, _ => Math.Pow(10, random.Next(-30, 30)) * (random.NextDouble() - 0.5)) },
            { "large mean, small spread", Make(3_000, _ => 1e9 + random.NextDouble()) },
            { "larger mean, smaller spread", Make(3_000, _ => 1e12 + (random.Next(100) / 1024.0)) },
            { "outlier first", [0, .. Make(3_000, _ => 1e9 + random.NextDouble())] },
            { "outlier last", [.. Make(3_000, _ => 1e9 + random.NextDouble()), -1e9] },
            { "largest twice", [1.7e308, 1.7e308] },
            { "largest, one low", [1.7e308, 1.7e308, 1.6e308, -3] },
            { "huge", Make(1_000, _ => 1e200 * random.NextDouble()) },
            { "denormal", Make(1_000, _ => 5e-324 * random.Next(1, 1_000_000)) },
            { "tiny", Make(1_000, _ => 1e-200 * random.NextDouble()) },
            { "tiny and zero", Make(1_000, _ => random.Next(2) * 1e-250 * random.NextDouble()) },
            { "all magnitudes", Make(2_000, _ => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-1000, 1000))) },
        };
    }

    [Theory]
    [MemberData(nameof(Data), DisableDiscoveryEnumeration = true)]
    public async Task RunAsync_AnyData_KeepsTheBoundsForEveryChunkSizeAndNumberOfWorkers(string data, double[] values)
    {
        var file = ToFile(values);
        var (mean, deviation) = (ExactStatistics.Mean(values), values.Length > 1 ? ExactStatistics.StandardDeviation(values) : (double?)null);
        foreach (var (chunkBytes, workers) in new[] { (1 << 20, 1), (4096, 1), (4096, 3), (65536, 2) })
        {
            var captured = await Engine.RunAsync(file, options: new ProcessingOptions { ChunkBytes = chunkBytes, Workers = workers });

            var sensor = captured.Sensor("s");
            Assert.True(sensor.Count == values.Length, data);
            Assert.Equal((values.Min(), values.Max(), values[^1]), (sensor.Minimum, sensor.Maximum, sensor.LastValue));
            CheckMean(values, mean, sensor);
            CheckDeviation(deviation, sensor);
            foreach (var (percent, estimate) in new[] { (50, sensor.P50), (95, sensor.P95), (99, sensor.P99) })
                CheckPercentile(values, percent, estimate!.Value);
            CheckSeries(values, captured.Result.Series!, sensor);
        }
    }

    [Fact]
    public async Task RunAsync_DeviationBeyondADouble_IsNull()
    {
        var captured = await Engine.RunAsync(ToFile([-1.7e308, 1.7e308]));

        Assert.Null(captured.Sensor("s").StandardDeviation);
        Assert.Equal(0, captured.Sensor("s").Average);
    }

    [Fact]
    public async Task RunAsync_EqualTimestamps_TakesTheLaterLineForEveryNumberOfWorkers()
    {
        var rows = Enumerable.Range(0, 5_000).Select(i => $"s{i % 3},2024-01-01T00:00:00Z,{i}\n");
        var text = "sensor_id,timestamp,value\n" + string.Concat(rows);

        var captured = await Engine.RunAsync(text, options: new ProcessingOptions { ChunkBytes = 1024, Workers = 4 });

        Assert.Equal([("s0", 4998.0), ("s1", 4999.0), ("s2", 4997.0)], captured.Sensors.Select(sensor => (sensor.SensorId, sensor.LastValue)));
    }

    [Fact]
    public async Task RunAsync_EqualReadings_AreAllCounted()
    {
        var captured = await Engine.RunAsync("sensor_id,timestamp,value\n" + string.Concat(Enumerable.Repeat("s,2024-01-01T00:00:00Z,1\n", 10)));

        Assert.Equal(10, captured.Sensor("s").Count);
    }

    private static void CheckMean(double[] values, double exact, SensorStatistics sensor)
    {
        var bound = (1e-12 * Math.Abs(exact)) + (1e-24 * values.Max(Math.Abs));
        Assert.True(Math.Abs(sensor.Average - exact) <= bound, $"mean {sensor.Average:R}, exactly {exact:R}");
    }

    private static void CheckDeviation(double? exact, SensorStatistics sensor)
    {
        Assert.Equal(exact is null, sensor.StandardDeviation is null);
        Assert.True(exact is null || Math.Abs(sensor.StandardDeviation!.Value - exact.Value) <= 1e-9 * exact, $"deviation {sensor.StandardDeviation:R}, exactly {exact:R}");
    }

    private static void CheckPercentile(double[] values, int percent, double estimate)
    {
        var exact = ExactStatistics.Percentile(values, percent);
        Assert.True(Math.Abs(estimate - exact) <= 0.01 * Math.Abs(exact), $"p{percent} {estimate:R}, exactly {exact:R}");
    }

    private static void CheckSeries(double[] values, SeriesShape shape, SensorStatistics sensor)
    {
        var width = shape.Width.Ticks;
        var expected = values.Select((value, i) => (Start: TimeOf(i).Ticks / width * width, Value: value)).GroupBy(reading => reading.Start).ToList();
        Assert.Equal(expected.Select(bucket => bucket.Key), sensor.Series.Select(bucket => bucket.Start.UtcTicks));
        foreach (var (exact, bucket) in expected.Zip(sensor.Series))
        {
            Assert.Equal((exact.LongCount(), exact.Min(reading => reading.Value), exact.Max(reading => reading.Value)), (bucket.Count, bucket.Minimum, bucket.Maximum));
            Assert.InRange(bucket.Average, bucket.Minimum, bucket.Maximum);
        }
    }

    private static DateTime TimeOf(int index) => Start.AddSeconds(7 * index);

    private static byte[] ToFile(double[] values)
    {
        var text = new StringBuilder("sensor_id,timestamp,value\n");
        for (var i = 0; i < values.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"s,{TimeOf(i):yyyy-MM-ddTHH:mm:ss}Z,{values[i]:R}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
