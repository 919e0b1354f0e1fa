using System.Text;

namespace SensorApp.Tests.Processing;

/// <summary>One case a line of the contract of valid rows.</summary>
public sealed class RowContractTests
{
    private const string Header = "sensor_id,timestamp,value\n";
    private const string Time = "2024-02-29T12:00:00Z";

    [Theory]
    [InlineData("2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z")]
    [InlineData("2024-02-29 12:00:00Z", "2024-02-29T12:00:00Z")]
    [InlineData(" 2024-02-29T12:00:00Z\t", "2024-02-29T12:00:00Z")]
    [InlineData("2024-02-29T12:00", "2024-02-29T12:00:00Z")]
    [InlineData("2024-02-29T12:00Z", "2024-02-29T12:00:00Z")]
    [InlineData("2024-02-29T12:00:00", "2024-02-29T12:00:00Z")]
    [InlineData("2024-02-29T12:00:00.5", "2024-02-29T12:00:00.5Z")]
    [InlineData("2024-02-29T12:00:00.125", "2024-02-29T12:00:00.125Z")]
    [InlineData("2024-02-29T12:00:00.123456789Z", "2024-02-29T12:00:00.1234567Z")]
    [InlineData("2024-02-29T12:00:00+05:30", "2024-02-29T06:30:00Z")]
    [InlineData("2024-02-29T12:00:00-0230", "2024-02-29T14:30:00Z")]
    [InlineData("2024-02-29T12:00:00+14:00", "2024-02-28T22:00:00Z")]
    [InlineData("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    public async Task RunAsync_TimestampThatIsValid_IsReadAsUtc(string timestamp, string utc)
    {
        var captured = await Engine.RunAsync($"{Header}a,{timestamp},1\n");

        Assert.Empty(captured.Result.Rejections);
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), captured.Sensor("a").Last);
    }

    [Theory]
    [InlineData("2024-02-29")]
    [InlineData("2023-02-29T12:00:00Z")]
    [InlineData("2024-04-31T12:00:00Z")]
    [InlineData("2024-13-01T12:00:00Z")]
    [InlineData("2024-00-01T12:00:00Z")]
    [InlineData("2024-01-00T12:00:00Z")]
    [InlineData("0000-01-01T12:00:00Z")]
    [InlineData("2024-02-29T24:00:00Z")]
    [InlineData("2024-02-29T12:60:00Z")]
    [InlineData("2024-02-29T12:00:60Z")]
    [InlineData("2024-02-29T12:00:00.Z")]
    [InlineData("2024-02-29T12:00:00.1234567890Z")]
    [InlineData("2024-02-29T12:00:00+14:01")]
    [InlineData("2024-02-29T12:00:00+15:00")]
    [InlineData("2024-02-29T12:00:00+05")]
    [InlineData("2024-02-29T12:00:00+05:60")]
    [InlineData("2024-02-29T12:00:00 Z")]
    [InlineData("2024-02-29  12:00:00Z")]
    [InlineData("2024-02-29t12:00:00Z")]
    [InlineData("2024-02-29T12:00:00z")]
    [InlineData("2024-2-29T12:00:00Z")]
    [InlineData("29.02.2024 12:00")]
    [InlineData("1709208000")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("٢٠٢٤-02-29T12:00:00Z")]
    public Task RunAsync_TimestampThatIsNot_IsRejected(string timestamp) => ExpectRejectionAsync($"a,{timestamp},1", "timestamp_invalid", "timestamp");

    [Theory]
    [InlineData("23.5", 23.5)]
    [InlineData("-7", -7.0)]
    [InlineData("+5", 5.0)]
    [InlineData(".5", 0.5)]
    [InlineData("-.5", -0.5)]
    [InlineData("5.", 5.0)]
    [InlineData("0", 0.0)]
    [InlineData("-0", -0.0)]
    [InlineData("007", 7.0)]
    [InlineData("1e3", 1000.0)]
    [InlineData("1.5E-3", 0.0015)]
    [InlineData(" 42\t", 42.0)]
    [InlineData("12345678", 12345678.0)]
    [InlineData("1234567.8", 1234567.8)]
    [InlineData("0.1234567", 0.1234567)]
    [InlineData("123456789.123456", 123456789.123456)]
    [InlineData("0.30000000000000004", 0.30000000000000004)]
    [InlineData("9007199254740993", 9007199254740993.0)]
    [InlineData("1.7976931348623157e308", 1.7976931348623157e308)]
    [InlineData("5e-324", 5e-324)]
    [InlineData("1e-400", 0.0)]
    public async Task RunAsync_ValueThatIsValid_IsTheNearestDouble(string value, double expected)
    {
        var captured = await Engine.RunAsync($"{Header}a,{Time},{value}\n");

        Assert.Empty(captured.Result.Rejections);
        Assert.Equal(expected, captured.Sensor("a").LastValue);
    }

    [Theory]
    [InlineData("NaN", "value_not_finite")]
    [InlineData("-Infinity", "value_not_finite")]
    [InlineData("inf", "value_not_finite")]
    [InlineData("1e400", "value_not_finite")]
    [InlineData("-1e400", "value_not_finite")]
    [InlineData("0x1F", "value_not_a_number")]
    [InlineData("1_000", "value_not_a_number")]
    [InlineData("1 000", "value_not_a_number")]
    [InlineData("23.5C", "value_not_a_number")]
    [InlineData("1.2.3", "value_not_a_number")]
    [InlineData("--1", "value_not_a_number")]
    [InlineData(".", "value_not_a_number")]
    [InlineData("-", "value_not_a_number")]
    [InlineData("e5", "value_not_a_number")]
    [InlineData("1e", "value_not_a_number")]
    [InlineData("1e+", "value_not_a_number")]
    [InlineData("٣", "value_not_a_number")]
    [InlineData("∞", "value_not_a_number")]
    [InlineData("N/A", "value_not_a_number")]
    [InlineData("", "value_missing")]
    [InlineData(" \t", "value_missing")]
    public Task RunAsync_ValueThatIsNot_IsRejected(string value, string reason) => ExpectRejectionAsync($"a,{Time},{value}", reason, "value");

    [Theory]
    [InlineData("", "sensor_id_missing")]
    [InlineData("\t ", "sensor_id_missing")]
    [InlineData("a\u0001b", "sensor_id_control_character")]
    [InlineData("a\u007F", "sensor_id_control_character")]
    [InlineData("a\u0085b", "sensor_id_control_character")]
    [InlineData("a\rb", "sensor_id_control_character")]
    [InlineData("\"a\nb\"", "sensor_id_control_character")]
    public Task RunAsync_SensorIdThatIsNotValid_IsRejected(string id, string reason) => ExpectRejectionAsync($"{id},{Time},1", reason, "sensor_id");

    [Theory]
    [InlineData("a", "a")]
    [InlineData(" a b\t", "a b")]
    [InlineData("größe", "größe")]
    [InlineData("#1", "#1")]
    [InlineData("say \"hi\"", "say \"hi\"")]
    [InlineData("\"a,b\"", "a,b")]
    [InlineData("\"say \"\"hi\"\"\"", "say \"hi\"")]
    public async Task RunAsync_SensorIdThatIsValid_IsTrimmedAndKept(string id, string expected)
    {
        var captured = await Engine.RunAsync($"{Header}{id},{Time},1\n");

        Assert.Equal([expected], captured.Sensors.Select(sensor => sensor.SensorId));
    }

    [Fact]
    public async Task RunAsync_SensorIdsAroundTheLongest_CountsCodePoints()
    {
        var longest = string.Concat(Enumerable.Repeat("🌡", 256));

        var captured = await Engine.RunAsync($"{Header}{longest},{Time},1\n{longest}x,{Time},1\n");

        Assert.Equal([longest], captured.Sensors.Select(sensor => sensor.SensorId));
        Assert.Equal([(3L, "sensor_id_too_long")], captured.Rejected);
    }

    [Theory]
    [InlineData("a,2024-02-29T12:00:00Z")]
    [InlineData("a,2024-02-29T12:00:00Z,1,2")]
    [InlineData("a,2024-02-29T12:00:00Z,1,")]
    [InlineData("a,2024-02-29T12:00:00Z,23,5")]
    [InlineData("a")]
    public Task RunAsync_WrongNumberOfFields_IsRejected(string row) => ExpectRejectionAsync(row, "field_count", column: null);

    [Theory]
    [InlineData(",nonsense,nonsense", "sensor_id_missing")]
    [InlineData("a,nonsense,nonsense", "timestamp_invalid")]
    [InlineData("a,,", "timestamp_missing")]
    [InlineData("\u0001,,,", "field_count")]
    public async Task RunAsync_SeveralFaults_ReportsTheFirst(string row, string reason)
    {
        var captured = await Engine.RunAsync($"{Header}{row}\n");

        Assert.Equal([(2L, reason)], captured.Rejected);
    }

    [Fact]
    public async Task RunAsync_TextAfterAClosingQuote_SpoilsItsLine()
    {
        var captured = await Engine.RunAsync($"{Header}\"a\"x,{Time},1\nb,{Time},2\n");

        Assert.Equal([(2L, "quote_invalid")], captured.Rejected);
        Assert.Equal("b", Assert.Single(captured.Sensors).SensorId);
    }

    [Theory]
    [InlineData("b,2024-02-29T12:00:00Z,2\nc,2024-02-29T12:00:00Z,3\n")]
    [InlineData("b,2024-02-29T12:00:00Z,2\n\"c\",2024-02-29T12:00:00Z,3\n")]
    [InlineData("\"b\",\"2024-02-29T12:00:00Z\",\"2\"\nc,2024-02-29T12:00:00Z,3")]
    public async Task RunAsync_UnclosedQuote_SpoilsOnlyTheLineItOpensIn(string rest)
    {
        var captured = await Engine.RunAsync($"{Header}\"a,{Time},1\n{rest}");

        Assert.Equal([(2L, "quote_invalid")], captured.Rejected);
        Assert.Equal(["b", "c"], captured.Sensors.Select(sensor => sensor.SensorId));
    }

    [Fact]
    public async Task RunAsync_QuotedNewline_KeepsLineNumbersRight()
    {
        var captured = await Engine.RunAsync($"{Header}a,{Time},\"1\r\n\"\nb,{Time},x\n");

        Assert.Equal([(2L, "value_not_a_number"), (4L, "value_not_a_number")], captured.Rejected);
    }

    [Fact]
    public async Task RunAsync_BlankLines_AreSkippedButNumbered()
    {
        var captured = await Engine.RunAsync($"\n \t\n{Header}\n\r\na,{Time},1\n\t \nb,{Time},x\n\n");

        Assert.Equal((2L, 1L), (captured.Result.TotalRows, captured.Result.ValidRows));
        Assert.Equal([(8L, "value_not_a_number")], captured.Rejected);
    }

    [Fact]
    public async Task RunAsync_InvalidUtf8_SpoilsOnlyItsRow()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes(Header + "gr"), 0xF6, .. Encoding.UTF8.GetBytes($"n,,\na,{Time},1\n")];

        var captured = await Engine.RunAsync(file);

        Assert.Equal([(2L, "encoding_invalid")], captured.Rejected);
        Assert.Equal("gr\uFFFDn,,", captured.Result.Rejections[0].Raw);
        Assert.Equal(1, captured.Result.ValidRows);
    }

    [Fact]
    public async Task RunAsync_RecordOverOneMebibyte_IsRejectedAndReadingGoesOn()
    {
        var longest = new string('x', (1024 * 1024) - $",{Time},1".Length);

        var captured = await Engine.RunAsync($"{Header}{longest},{Time},1\n{longest}x,{Time},1\n{new string('y', 3_000_000)}\na,{Time},1\n");

        Assert.Equal([(2L, "sensor_id_too_long"), (3L, "record_too_long"), (4L, "record_too_long")], captured.Rejected);
        Assert.Equal(1, captured.Result.ValidRows);
    }

    [Fact]
    public async Task RunAsync_LongRawText_IsShortened()
    {
        var captured = await Engine.RunAsync($"{Header}{new string('x', 400)}\n{new string('y', 256)}\n");

        Assert.Equal(new string('x', 255) + "…", captured.Result.Rejections[0].Raw);
        Assert.Equal(new string('y', 256), captured.Result.Rejections[1].Raw);
    }

    [Fact]
    public async Task RunAsync_MoreInvalidRowsThanAreDetailed_CountsThemAll()
    {
        var rows = string.Concat(Enumerable.Repeat("bad\n", 10_050));

        var captured = await Engine.RunAsync($"{Header}{rows}a,{Time},1\n");

        Assert.Equal(10_000, captured.Result.Rejections.Count);
        Assert.Equal(10_001, captured.Result.Rejections[^1].Line);
        Assert.Equal(10_050, captured.Result.ErrorsByReason["field_count"]);
    }

    private static async Task ExpectRejectionAsync(string row, string reason, string? column)
    {
        var captured = await Engine.RunAsync($"{Header}{row}\nok,{Time},1\n");

        var rejection = Assert.Single(captured.Result.Rejections);
        Assert.Equal((2L, reason, column), (rejection.Line, rejection.Reason, rejection.Column));
        Assert.Equal(1, captured.Result.ValidRows);
    }
}
