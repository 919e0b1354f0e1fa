using System.Globalization;
using System.Text;

using SensorApp.Api.Processing.Documents;

namespace SensorApp.Tests.Processing;

public sealed class ResultDocumentTests
{
    private const string FileOfTheVersionBefore =
        "sensor_id,timestamp,value\na,2026-01-01T00:00:00Z,21.5\na,2026-01-01T00:00:00Z,-0.25\na,2026-01-01T00:00:07Z,1e300\n" +
        "b,2026-01-01T00:00:03Z,-0\nb,2026-01-01T00:00:09Z,no\n";

    // What the last build that wrote that version made of the file.
    private const string DocumentOfTheVersionBefore =
        "U0FSRVNVTDIBYQPQnABg+9offgAAAAAAANC/nHUAiDzkN37Latzoa5YrfgAAAAAAoDVAAAAAAADgN34AAAAAAOA3foCA4KeLmZLvCIC7kMmLmZLvCJx1AIg85Dd+AgApAWIBAAAAAAAAAAAAAAAAAA" +
        "AAAAAAAAAAAAAAAAAAAAAA+P8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAh4e2i5mS7wiAh4e2i5mS7wgAAAAAAAAAgAEpD4DgnofuAQQAAAAAAADQvwAAAAAAQCVAAAAAAACANUAHA5x1AIg85Dd+" +
        "g+Ceh+4BAwAAAAAAAACABgEFdmFsdWUSdmFsdWVfbm90X2FfbnVtYmVyGWIsMjAyNi0wMS0wMVQwMDowMDowOVosbm8FBAECAAABGXNlbnNvcl9pZCx0aW1lc3RhbXAsdmFsdWUBEnZhbHVlX25vdF" +
        "9hX251bWJlcgEBgK3iBICA4KeLmZLvCIDo8s2LmZLvCAEBYQiwAQIB8AE1ASUBAAAAAAAAU0FSRVNVTDI=";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAsync_WrittenResult_SaysTheSame()
    {
        var (captured, document) = await WriteAsync(5, badRows: 3);

        var result = captured.Result;
        Assert.Equal((result.TotalRows, result.ValidRows, result.InvalidRows, 5L), (document.Header.TotalRows, document.Header.ValidRows, document.Header.InvalidRows, document.Header.SensorCount));
        Assert.Equal((result.Error, result.Header, result.Series), (document.Header.Error, document.Header.HeaderLine, document.Header.Series));
        Assert.Equal(result.ErrorsByReason, document.Header.ErrorsByReason);
    }

    [Fact]
    public async Task WriteAsync_AfterWritesThatFailed_WritesEverySeriesWhole()
    {
        var file = ToFile(20, badRows: 0);
        var expected = (await ToBytesAsync(file)).Bytes;
        var captured = await Engine.RunAsync(file);
        using var full = new MemoryStream(new byte[DocumentIndex.Mark.Length], writable: true);

        // As many as there may be buffers in the pool, each of which a failed write leaves full.
        for (var i = 0; i <= 2 * Environment.ProcessorCount; i++)
        {
            full.Position = 0;
            await Assert.ThrowsAsync<NotSupportedException>(() => ResultDocumentWriter.WriteAsync(captured.Result with { Sensors = captured.Sensors }, full, Cancellation));
        }

        Assert.Equal(expected, (await ToBytesAsync(file)).Bytes);
    }

    [Fact]
    public async Task SensorAsync_DocumentOfTheVersionBefore_SaysTheSame()
    {
        var captured = await Engine.RunAsync(FileOfTheVersionBefore);
        var document = await ResultDocument.OpenAsync(new MemoryRangeReader(Convert.FromBase64String(DocumentOfTheVersionBefore)), Cancellation);

        foreach (var expected in captured.Sensors)
        {
            var actual = await document.SensorAsync(expected.SensorId, Cancellation);

            Assert.Equal(expected with { Series = [] }, actual! with { Series = [] });
            Assert.Equal(expected.Series, actual.Series);
        }

        // Zero and minus zero are equal, but not the same.
        Assert.True(double.IsNegative((await document.SensorAsync("b", Cancellation))!.Series.Single().Minimum));
        Assert.Equal((captured.Result.Series, 4L, 1L), (document.Header.Series, document.Header.ValidRows, document.Header.InvalidRows));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    public async Task SensorAsync_EverySensor_IsFoundWithItsSeries(int sensors)
    {
        var (captured, document) = await WriteAsync(sensors);

        foreach (var expected in captured.Sensors.Where((_, i) => i % 97 == 0))
        {
            var actual = await document.SensorAsync(expected.SensorId, Cancellation);

            Assert.Equal(expected with { Series = [] }, actual! with { Series = [] });
            Assert.Equal(expected.Series, actual.Series);
        }

        Assert.Null(await document.SensorAsync("unknown", Cancellation));
        Assert.Null(await document.SensorAsync("", Cancellation));
    }

    [Fact]
    public async Task SensorAsync_Series_ComesBackWhole()
    {
        var (captured, document) = await WriteAsync(2_000);

        var actual = await document.SensorAsync("s1234", Cancellation);

        Assert.Equal(captured.Sensor("s1234").Series, actual!.Series);
        Assert.NotEmpty(actual.Series);
    }

    [Fact]
    public async Task SensorsAsync_PagesFromACursor_GiveEverySensorOnceInOrder()
    {
        var (captured, document) = await WriteAsync(3_000);

        var seen = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await document.SensorsAsync(cursor, search: null, Cancellation).Take(700).Select(sensor => sensor.SensorId).ToListAsync(Cancellation);
            if (page.Count == 0)
                break;
            seen.AddRange(page);
            cursor = page[^1];
        }

        Assert.Equal(captured.Sensors.Select(sensor => sensor.SensorId), seen);
    }

    [Fact]
    public async Task SensorsAsync_Search_FindsPartsOfIdsInAnyCase()
    {
        var (_, document) = await WriteAsync(2_000);

        var found = await document.SensorsAsync(afterId: null, "S199", Cancellation).Select(sensor => sensor.SensorId).ToListAsync(Cancellation);

        Assert.Equal(["s199", "s1990", "s1991", "s1992", "s1993", "s1994", "s1995", "s1996", "s1997", "s1998", "s1999"], found);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4_321)]
    [InlineData(5_000)]
    public async Task RejectionsAsync_FromAnOffset_GivesTheRest(int offset)
    {
        var (captured, document) = await WriteAsync(1, badRows: 5_000);

        var rest = await document.RejectionsAsync(offset, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(5_000, document.RejectionCount);
        Assert.Equal(captured.Result.Rejections.Skip(offset), rest);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(200)]
    public async Task OpenAsync_CutOffDocument_IsRefused(int length)
    {
        var bytes = await ToBytesAsync(ToFile(3, badRows: 0));

        await Assert.ThrowsAsync<InvalidDataException>(() => ResultDocument.OpenAsync(new MemoryRangeReader(bytes.Bytes.AsMemory(0, length)), Cancellation));
    }

    private static async Task<(Captured Captured, ResultDocument Document)> WriteAsync(int sensors, int badRows = 0)
    {
        var (captured, bytes) = await ToBytesAsync(ToFile(sensors, badRows));
        return (captured, await ResultDocument.OpenAsync(new MemoryRangeReader(bytes), Cancellation));
    }

    private static async Task<(Captured Captured, byte[] Bytes)> ToBytesAsync(string file)
    {
        var captured = await Engine.RunAsync(file);
        var bytes = new MemoryStream();
        await ResultDocumentWriter.WriteAsync(captured.Result with { Sensors = captured.Sensors }, bytes, Cancellation);
        return (captured, bytes.ToArray());
    }

    private static string ToFile(int sensors, int badRows)
    {
        var text = new StringBuilder("sensor_id,timestamp,value\n");
        for (var reading = 0; reading < 4; reading++)
            for (var sensor = 0; sensor < sensors; sensor++)
                text.Append(CultureInfo.InvariantCulture, $"s{sensor},2024-01-01T00:0{reading}:00Z,{sensor + (reading / 4.0)}\n");
        for (var row = 0; row < badRows; row++)
            text.Append(CultureInfo.InvariantCulture, $"bad {row}\n");
        return text.ToString();
    }
}
