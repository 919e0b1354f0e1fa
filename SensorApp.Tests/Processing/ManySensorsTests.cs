using System.Text;

namespace SensorApp.Tests.Processing;

/// <summary>Files whose sensors are so many that tables treat them in another way than usual.</summary>
public sealed class ManySensorsTests
{
    private const string Header = "sensor_id,timestamp,value\n";

    [Fact]
    public async Task RunAsync_IdsOfEveryLengthInNoOrder_AreSortedByTheirBytes()
    {
        var random = new Random(7);
        string[] beginnings = ["plant/", "plant/hall-7/line-2/", "p", "Ω"];
        var ids = Enumerable.Range(0, 20_000).Select(i => $"{beginnings[random.Next(beginnings.Length)]}{random.Next(1_000_000)}.{i}").ToArray();

        var captured = await Engine.RunAsync(Header + string.Concat(ids.Select(id => $"{id},2024-01-01T00:00Z,1\n")));

        var expected = ids.Order(Comparer<string>.Create((left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))));
        Assert.Equal(expected, captured.Sensors.Select(sensor => sensor.SensorId));
    }

    [Fact]
    public async Task RunAsync_SensorsThatComeBackInAnotherOrder_GetTheirReadings()
    {
        var random = new Random(7);
        var once = Enumerable.Range(0, 50_000).ToArray();
        var again = Enumerable.Range(10_000, 30_000).ToArray();
        random.Shuffle(once);
        random.Shuffle(again);

        var captured = await Engine.RunAsync(Header + string.Concat(once.Concat(again).Select((sensor, row) =>
            $"sensor-{sensor},2024-01-01T{row / 3_600:00}:{row / 60 % 60:00}:{row % 60:00}Z,{sensor + (row < once.Length ? 1 : 2)}\n")));

        var found = captured.Sensors.ToDictionary(sensor => sensor.SensorId, sensor => (sensor.Count, sensor.Minimum, sensor.Maximum, sensor.LastValue));
        var expected = once.ToDictionary(
            sensor => $"sensor-{sensor}",
            sensor => sensor is >= 10_000 and < 40_000 ? (2L, sensor + 1.0, sensor + 2.0, sensor + 2.0) : (1L, sensor + 1.0, sensor + 1.0, sensor + 1.0));
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("12.5")]
    [InlineData("-0")]
    [InlineData("5e-324")]
    [InlineData("-1.7e308")]
    public async Task RunAsync_OneReading_IsItsOwnMeanExtremesAndPercentiles(string value)
    {
        var captured = await Engine.RunAsync($"{Header}a,2024-01-01T00:00Z,{value}\n");

        // Of a zero, the positive one.
        var expected = double.Parse(value, System.Globalization.CultureInfo.InvariantCulture) + 0.0;
        var sensor = Assert.Single(captured.Sensors);
        double?[] found = [sensor.Average, sensor.Minimum, sensor.Maximum, sensor.P50, sensor.P95, sensor.P99];
        Assert.All(found, one => Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(one!.Value)));
        Assert.Null(sensor.StandardDeviation);
        Assert.Equal((1, sensor.First), (sensor.Count, sensor.Last));
    }
}
