using System.IO.Compression;
using System.Text;

using SensorApp.Api.Processing;

namespace SensorApp.Tests.Processing;

/// <summary>What a file may look like as a whole, and how it fails when it does not.</summary>
public sealed class FileFormatTests
{
    private const string Time = "2024-02-29T12:00:00Z";
    private const string Clean = $"sensor_id,timestamp,value\na,{Time},1\nb,{Time},2\n";

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Clean) },
        { "UTF-8 with BOM", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Clean)] },
        { "UTF-16 little-endian", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Clean)] },
        { "UTF-16 big-endian", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Clean)] },
        { "gzip", Gzip(Encoding.UTF8.GetBytes(Clean)) },
        { "gzip of UTF-16", Gzip([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Clean)]) },
        { "gzip of two members", [.. Gzip(Encoding.UTF8.GetBytes(Clean[..40])), .. Gzip(Encoding.UTF8.GetBytes(Clean[40..]))] },
        { "CRLF", Encoding.UTF8.GetBytes(Clean.Replace("\n", "\r\n", StringComparison.Ordinal)) },
        { "no line break at the end", Encoding.UTF8.GetBytes(Clean.TrimEnd()) },
        { "semicolon", Encoding.UTF8.GetBytes(Clean.Replace(',', ';')) },
        { "tab", Encoding.UTF8.GetBytes(Clean.Replace(',', '\t')) },
        { "bar", Encoding.UTF8.GetBytes(Clean.Replace(',', '|')) },
        { "header in another case and padded", Encoding.UTF8.GetBytes(Clean.Replace("sensor_id,timestamp", " Sensor_ID\t, TIMESTAMP ", StringComparison.Ordinal)) },
        { "quoted header", Encoding.UTF8.GetBytes(Clean.Replace("sensor_id", "\"sensor_id\"", StringComparison.Ordinal)) },
        { "header with a quote that another delimiter would leave open", Encoding.UTF8.GetBytes($"sensor_id,timestamp,value,note;\"x\na,{Time},1,\nb,{Time},2,\n") },
        { "header that names all three for two delimiters", Encoding.UTF8.GetBytes($"sensor_id,timestamp,value,x;sensor_id;timestamp;value;y;z\na,{Time},1,\nb,{Time},2,\n") },
        { "other columns", Encoding.UTF8.GetBytes($"note,value,x,timestamp,sensor_id\n,1,,{Time},a\n?,2,?,{Time},b\n") },
    };

    /// <summary>Headers that end about where the first piece read ends, or a piece or more behind it; each of the kinds in <see cref="LongHeader"/>.</summary>
    public static TheoryData<int, int> LongHeaders()
    {
        var headers = new TheoryData<int, int>();
        foreach (var length in (int[])[.. Enumerable.Range(885, 20), 1024, 1792, 5000])
            for (var kind = 0; kind < 5; kind++)
                headers.Add(length, kind);
        return headers;
    }

    [Theory]
    [MemberData(nameof(LongHeaders))]
    public async Task RunAsync_HeaderThatIsLongerThanOnePiece_IsReadWhole(int length, int kind)
    {
        var (header, lines) = LongHeader(length, kind);

        var captured = await Engine.RunAsync(Encoding.UTF8.GetBytes($"{header}a,{Time},1,\nb,{Time},x,\nb,{Time},2,\n"));

        Assert.Equal(["a", "b"], captured.Sensors.Select(sensor => sensor.SensorId));
        Assert.Equal([(lines + 2L, "value_not_a_number")], captured.Rejected);
    }

    [Theory]
    [MemberData(nameof(Encodings), DisableDiscoveryEnumeration = true)]
    public async Task RunAsync_FormThatIsAccepted_GivesTheSameResult(string form, byte[] file)
    {
        var captured = await Engine.RunAsync(file);

        Assert.True(captured.Result.Error is null, form);
        Assert.Equal([("a", 1.0), ("b", 2.0)], captured.Sensors.Select(sensor => (sensor.SensorId, sensor.Average)));
    }

    [Theory]
    [InlineData("sensor,time,reading")]
    [InlineData("device_id,datetime,measurement")]
    public async Task RunAsync_Alias_IsAccepted(string header)
    {
        var captured = await Engine.RunAsync($"{header}\na,{Time},1\n");

        Assert.Equal(1, captured.Result.ValidRows);
    }

    [Fact]
    public async Task RunAsync_TwoAliases_TakesTheFirstOfTheTable()
    {
        var captured = await Engine.RunAsync($"device_id,measurement,reading,datetime,time,sensor\nx,7,1,nonsense,{Time},a\n");

        Assert.Equal(("a", 1.0), (captured.Sensors[0].SensorId, captured.Sensors[0].Average));
    }

    [Theory]
    [InlineData("", FileErrorCodes.HeaderMissing)]
    [InlineData("\n \t\r\n", FileErrorCodes.HeaderMissing)]
    [InlineData("a,2024-02-29T12:00:00Z,1\n", FileErrorCodes.HeaderMissing)]
    [InlineData("hello world\n", FileErrorCodes.ColumnMissing)]
    [InlineData("sensor_id,timestamp,temp\na,2024-02-29T12:00:00Z,1\n", FileErrorCodes.ColumnMissing)]
    [InlineData("sensor_id,timestamp,value\n", FileErrorCodes.NoRows)]
    [InlineData("sensor_id,timestamp,value", FileErrorCodes.NoRows)]
    [InlineData("sensor_id,timestamp,value\n\n \n", FileErrorCodes.NoRows)]
    [InlineData("sensor_id,timestamp,value\nbad\n", FileErrorCodes.NoValidRows)]
    [InlineData("\u0089PNG\u0000\u0001\n", FileErrorCodes.NotText)]
    public async Task RunAsync_FileThatCannotBeUsed_SaysWhy(string text, string code)
    {
        var captured = await Engine.RunAsync(text);

        Assert.Equal(code, captured.Result.Error?.Code);
        Assert.Empty(captured.Sensors);
        Assert.Equal(captured.Result.TotalRows, captured.Result.ValidRows + captured.Result.InvalidRows);
    }

    [Fact]
    public async Task RunAsync_MissingColumn_NamesWhatWasFoundAndExpected()
    {
        var captured = await Engine.RunAsync($"sensor_id,timestamp,temp\na,{Time},1\n");

        Assert.Contains("found `temp`, expected one of `value`, `reading`, `measurement`", captured.Result.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(40)]
    public async Task RunAsync_GzipCutOff_IsCorrupt(int missing)
    {
        var file = Gzip(Encoding.UTF8.GetBytes(Clean + string.Concat(Enumerable.Range(0, 500).Select(i => $"s{i},{Time},{i}\n"))));

        var captured = await Engine.RunAsync(file[..^missing]);

        Assert.Equal(FileErrorCodes.GzipCorrupt, captured.Result.Error?.Code);
    }

    [Fact]
    public async Task RunAsync_GzipDamaged_IsCorrupt()
    {
        var file = Gzip(Encoding.UTF8.GetBytes(Clean));
        file[^6] ^= 0xFF;

        var captured = await Engine.RunAsync(file);

        Assert.Equal(FileErrorCodes.GzipCorrupt, captured.Result.Error?.Code);
    }

    [Fact]
    public async Task RunAsync_GzipThatInflatesTooFar_Fails()
    {
        var file = Gzip(Encoding.UTF8.GetBytes(Clean));

        var within = await Engine.RunAsync(file, options: new ProcessingOptions { MaxInflatedBytes = Clean.Length });
        var over = await Engine.RunAsync(file, options: new ProcessingOptions { MaxInflatedBytes = Clean.Length - 1 });

        Assert.Null(within.Result.Error);
        Assert.Equal(FileErrorCodes.InflatedTooLarge, over.Result.Error?.Code);
    }

    [Fact]
    public async Task RunAsync_LoneSurrogateInUtf16_SpoilsOnlyItsRow()
    {
        byte[] file = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("sensor_id,timestamp,value\nx"), 0x3D, 0xD8, .. Encoding.Unicode.GetBytes($",,\na,{Time},1\n")];

        var captured = await Engine.RunAsync(file);

        Assert.Equal([(2L, "encoding_invalid")], captured.Rejected);
        Assert.Equal(1, captured.Result.ValidRows);
    }

    [Fact]
    public async Task RunAsync_LargeUtf16File_IsReadToItsEnd()
    {
        var text = "sensor_id,timestamp,value\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"ß🌡{i % 7},{Time},{i}\n"));

        var captured = await Engine.RunAsync([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)]);

        Assert.Equal((20_000L, 7), (captured.Result.ValidRows, captured.Sensors.Count));
    }

    [Fact]
    public async Task RunAsync_TimeZoneOfTheUpload_AppliesWhereThereIsNoOffset()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var text = "sensor_id,timestamp,value\nsummer,2024-07-01T12:00:00,1\nwinter,2024-01-01T12:00:00,1\nutc,2024-01-01T12:00:00Z,1\nskipped,2024-03-31T02:30:00,1\n";

        var captured = await Engine.RunAsync(text, new ReadingOptions(zone, MaxInvalid: null));

        Assert.Equal([(10, "summer"), (12, "utc"), (11, "winter")], captured.Sensors.Select(sensor => (sensor.Last.Hour, sensor.SensorId)));
        Assert.Equal([(5L, "timestamp_invalid")], captured.Rejected);
    }

    [Theory]
    [InlineData(1L, null, true)]
    [InlineData(2L, null, false)]
    [InlineData(null, 49.0, true)]
    [InlineData(null, 50.0, false)]
    public async Task RunAsync_LimitOfInvalidRows_FailsTheFileOnlyBeyondIt(long? rows, double? percent, bool fails)
    {
        var options = new ReadingOptions(TimeZoneInfo.Utc, new InvalidRowLimit(rows, percent));

        var captured = await Engine.RunAsync(Clean + "bad\nbad\n", options);

        Assert.Equal(fails ? FileErrorCodes.MaxInvalidExceeded : null, captured.Result.Error?.Code);
        Assert.Equal(2, captured.Result.InvalidRows);
    }

    private static byte[] Gzip(byte[] content)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(content);
        return compressed.ToArray();
    }

    /// <summary>So many characters: a long name with LF or CRLF behind it, quoted, with a line break in quotes, or blank lines before a short header. With its number of lines.</summary>
    private static (string Header, int Lines) LongHeader(int length, int kind)
    {
        const string Columns = "sensor_id,timestamp,value,";
        const string Short = "sensor_id,timestamp,value,x\n";
        var rest = length - Columns.Length;
        return kind switch
        {
            0 => (Columns + new string('x', rest - 1) + '\n', 1),
            1 => (Columns + new string('x', rest - 2) + "\r\n", 1),
            2 => (Columns + '"' + new string('x', rest - 3) + "\"\n", 1),
            3 => (Columns + '"' + new string('x', rest - 8) + "\nxxx\"\n", 2),
            _ => (new string('\n', length - Short.Length) + Short, length - Short.Length + 1),
        };
    }
}
