using System.Text;

using SensorApp.Api.Processing.Aggregation;
using SensorApp.Api.Processing.Parsing;

namespace SensorApp.Tests.Processing;

public sealed class SensorTableTests
{
    private static readonly string[] Chunks =
    [
        "a,2024-01-01T00:00:02Z,1\nb,2024-01-01T00:00:00Z,10\na,2024-01-01T00:00:02Z,2\n",
        "b,2024-01-01T00:00:09Z,20\na,2024-01-01T00:00:02Z,x\na,2024-01-01T00:00:02Z,3\na,2024-01-01T00:00:01Z,4\n",
        "c,2024-01-01T00:00:09Z,30\na,2024-01-01T00:00:02Z,5\na,2024-01-01T00:00:00Z,6\nb,2024-01-01T00:00:09Z,40\n",
        "a,2024-01-01T00:00:02Z,7\nb,2024-01-01T00:00:08Z,50\nb,2024-01-01T00:00:09Z,60\na,2024-01-01T00:00:01Z,8\n",
    ];

    public static TheoryData<int, int, int, int> Orders()
    {
        var orders = new TheoryData<int, int, int, int>();
        foreach (var a in Enumerable.Range(0, Chunks.Length))
            foreach (var b in Enumerable.Range(0, Chunks.Length).Where(b => b != a))
                foreach (var c in Enumerable.Range(0, Chunks.Length).Where(c => c != a && c != b))
                    orders.Add(a, b, c, 6 - a - b - c);
        return orders;
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Add_ChunksInAnyOrderToOneTableOrTwo_TakesTheLaterLineOfEqualTimes(int first, int second, int third, int fourth)
    {
        foreach (var inOtherTable in Enumerable.Range(0, 1 << Chunks.Length))
        {
            var (table, other) = (new SensorTable(), new SensorTable());
            foreach (var chunk in (int[])[first, second, third, fourth])
                await AddAsync((inOtherTable >> chunk & 1) == 0 ? table : other, Chunks[chunk], chunk);

            table.Merge(other);
            table.Finish();

            var sensors = new SensorSummaries(table).ToList();
            Assert.Equal(["a", "b", "c"], sensors.Select(sensor => sensor.SensorId));
            Assert.Equal([8, 5, 1], sensors.Select(sensor => sensor.Count));
            Assert.Equal([7, 60, 30], sensors.Select(sensor => sensor.LastValue));
            Assert.Equal([4.5, 36, 30], sensors.Select(sensor => sensor.Average));
            Assert.Equal([2, 9, 9], sensors.Select(sensor => sensor.Last.Second));
        }
    }

    [Theory]

    // One is the beginning of another; one ends within the first eight bytes.
    [InlineData("sensor", "sensor-1", "sensor-10", "sen", "sensor-1000000000000")]
    [InlineData("ab", "abcdefgh", "abcdefghi", "abcdefgh-and-more-than-sixteen")]

    // Alike in more than eight bytes, short and long ones.
    [InlineData("building-7/b", "building-7/a", "building-7/a-and-more-than-sixteen", "building-7/", "building-7")]
    [InlineData("sixteen-bytes-id-and-more", "sixteen-bytes-id", "sixteen-bytes-id-and-less")]

    // Bytes beyond ASCII, whose order as UTF-16 would be another.
    [InlineData("\uffee", "\U0001F321", "\u00e9", "z", "Z")]
    [InlineData("only")]
    public async Task Sensors_IdsThatBeginAlike_AreInTheOrderOfTheirBytes(params string[] ids)
    {
        var table = new SensorTable();
        await AddAsync(table, string.Concat(ids.Select(id => $"{id},2024-01-01T00:00:00Z,1\n")), sequence: 0);
        table.Finish();

        var sorted = new SensorSummaries(table).Select(sensor => sensor.SensorId);

        Assert.Equal(InOrderOfBytes(ids), sorted);
    }

    // Enough for sorting by digits. With many characters, ids of which the bits that are sorted by are the same; with few, ids that end within the eight bytes.
    [Theory]
    [InlineData("0123456789", "sensor-")]
    [InlineData("0123456789abcdef", "")]
    [InlineData("01", "x")]
    [InlineData("!#-./09AZ_az~\u00e9\u0436\uffee\U0001F321", "")]
    public async Task Sensors_VeryMany_AreInTheOrderOfTheirBytes(string characters, string prefix)
    {
        var random = new Random(7);
        var runes = characters.EnumerateRunes().ToArray();
        var ids = Enumerable.Range(0, 30_000)
            .Select(_ => prefix + string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => runes[random.Next(runes.Length)])))
            .Distinct().ToList();
        var table = new SensorTable();
        await AddAllAsync(table, ids);
        table.Finish();

        var sorted = new SensorSummaries(table).Select(sensor => sensor.SensorId);

        Assert.InRange(ids.Count, 17_000, 30_000);
        Assert.Equal(InOrderOfBytes(ids), sorted);
    }

    [Theory]

    // The latest reading is from a batch before the last one held.
    [InlineData("a,2024-01-01T00:00:02Z,1\n", 0, "a,2024-01-01T00:00:01Z,9\n", 2, 1)]

    // A batch without readings came first, from behind the others.
    [InlineData("a,2024-01-01T00:00:02Z,x\n", 5, "a,2024-01-01T00:00:02Z,1\n", 3, 4)]
    public async Task Merge_EqualTimeInALaterBatchOfTheOther_TakesItsValue(string first, int firstSequence, string second, int secondSequence, int otherSequence)
    {
        var (table, other) = (new SensorTable(), new SensorTable());
        await AddAsync(table, first, firstSequence);
        await AddAsync(table, second, secondSequence);
        await AddAsync(other, "a,2024-01-01T00:00:02Z,5\n", otherSequence);

        table.Merge(other);
        table.Finish();

        Assert.Equal(5, new SensorSummaries(table).Single().LastValue);
    }

    // So many that their index lies far, and that the next ones are asked for ahead.
    [Fact]
    public async Task Merge_VeryManySensors_AddsUpThoseOfBothTables()
    {
        var (random, table, other) = (new Random(3), new SensorTable(), new SensorTable());
        string[] ids = [.. Enumerable.Range(0, 60_000).Select(number => number % 3 == 0 ? $"a-sensor-with-a-long-id-{number}" : $"s{number}")];
        random.Shuffle(ids);
        await AddAllAsync(table, ids[..40_000]);
        await AddAllAsync(other, ids[20_000..]);

        table.Merge(other);
        table.Finish();

        var counts = new SensorSummaries(table).ToDictionary(sensor => sensor.SensorId, sensor => sensor.Count);
        Assert.Equal(60_000, counts.Count);
        Assert.All(ids.Index(), id => Assert.Equal(id.Index is >= 20_000 and < 40_000 ? 2 : 1, counts[id.Item]));
    }

    [Fact]
    public async Task Add_MoreRowsThanAreHeld_AddsThemAllAndTheNextFileToo()
    {
        var table = new SensorTable();
        for (var file = 1; file <= 2; file++)
        {
            for (var chunk = 0; chunk < 9; chunk++)
                await AddAsync(table, string.Concat(Enumerable.Range(0, 5000 * file).Select(row => $"s{row % 7},2024-01-01T00:00:00Z,{chunk}\n")) + "\n\n", chunk);
            await AddAsync(table, "no row at all\n", 9);
            await AddAsync(table, string.Concat(Enumerable.Repeat(",,\n", 40_000)), 10);

            table.Finish();

            var sensors = new SensorSummaries(table).ToList();
            Assert.Equal(45_000 * file, sensors.Sum(sensor => sensor.Count));
            Assert.All(sensors, sensor => Assert.Equal((8, 4), (sensor.LastValue, Math.Round(sensor.Average, 2))));
            table.Clear();
        }
    }

    [Fact]
    public async Task Merge_WithATableWhoseTimesFitNoWidth_LeavesTheSeriesOut()
    {
        var (table, other) = (new SensorTable(), new SensorTable());
        await AddAsync(table, string.Concat(Enumerable.Range(0, 1300).Select(row => $"a,2024-01-01T00:{row / 60:D2}:{row % 60:D2}Z,1\n")), 0);
        await AddAsync(other, string.Concat(Enumerable.Range(1000, 1100).Select(year => $"b,{year}-01-01T00:00:00Z,1\n")), 1);

        table.Merge(other);
        table.Finish();

        Assert.False(table.Series.IsKept);
        Assert.Equal([1300, 1100], new SensorSummaries(table).Select(sensor => sensor.Count));
    }

    private static IOrderedEnumerable<string> InOrderOfBytes(IEnumerable<string> ids) =>
        ids.OrderBy(Encoding.UTF8.GetBytes, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)));

    private static async Task AddAllAsync(SensorTable table, IEnumerable<string> ids)
    {
        foreach (var (sequence, chunk) in ids.Chunk(5_000).Index())
            await AddAsync(table, string.Concat(chunk.Select(id => $"{id},2024-01-01T00:00:00Z,1\n")), sequence);
    }

    private static async Task AddAsync(SensorTable table, string rows, int sequence)
    {
        var batch = await Engine.ValidateAsync("sensor,time,value\n" + rows, TimeZoneInfo.Utc);
        batch.Chunk!.Sequence = sequence;
        table.Add(batch);
        RowBatches.Return(batch);
    }
}
