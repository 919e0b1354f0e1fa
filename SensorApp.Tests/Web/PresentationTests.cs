using SensorApp.Web.Api;
using SensorApp.Web.Presentation;

namespace SensorApp.Tests.Web;

public sealed class PresentationTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KB")]
    [InlineData(48_640, "47.5 KB")]
    [InlineData(5L * 1024 * 1024 * 1024, "5.0 GB")]
    public void Size_Bytes_PicksTheUnit(long bytes, string expected) => Assert.Equal(expected, Shown.Size(bytes));

    [Theory]
    [InlineData(1, 100_000, "under 0.1 %")]
    [InlineData(99_999, 100_000, "over 99.9 %")]
    [InlineData(1, 3, "33 %")]
    [InlineData(1, 50, "2 %")]
    [InlineData(3, 3, "100 %")]
    [InlineData(199, 200, "99 %")]
    [InlineData(0, 0, "0 %")]
    public void Percent_Share_NeverRoundsToNothingOrAll(long part, long whole, string expected) => Assert.Equal(expected, Shown.Percent(part, whole));

    [Theory]
    [InlineData("a,2026-03-02T00:00:00Z,21.5 C", "value", "a,2026-03-02T00:00:00Z,", "21.5 C", "")]
    [InlineData("\"a,b\",nope,1", "timestamp", "\"a,b\",", "nope", ",1")]
    [InlineData(",2026-03-02T00:00:00Z,1", "sensor_id", "", "", ",2026-03-02T00:00:00Z,1")]
    [InlineData("a,b", "value", "", "a,b", "")]
    [InlineData("a,b,c,d", null, "", "a,b,c,d", "")]
    public void Mark_RejectedRow_FindsTheField(string raw, string? column, string before, string fault, string after)
    {
        var marked = new FaultMarker("sensor_id,timestamp,value").Mark(new(2, column, "value_missing", raw));

        Assert.Equal(new MarkedRow(before, fault, after), marked);
    }

    [Theory]
    [InlineData(-1.7e308, 1.7e308)]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    [InlineData(1e-300, 2e-300)]
    public void Scale_ExtremeValues_StaysWithinThePlot(double low, double high)
    {
        var scale = new RangeScale(low, high);

        Assert.InRange(scale.X(low), 0, RangeScale.Width);
        Assert.InRange(scale.X(high), scale.X(low), RangeScale.Width);
        Assert.All(scale.Ticks(), tick => Assert.InRange(scale.X(tick), 0, RangeScale.Width));
    }

    [Fact]
    public void Show_ValuesOfOneTable_HaveTheSameDecimals()
    {
        var format = new ValueFormat([18.5, -101.3]);

        Assert.Equal("18.50", format.Show(18.5));
        Assert.Equal("−101.30", format.Show(-101.3));
        Assert.Equal("1.700e+308", format.Show(1.7e308));
        Assert.Equal("–", format.Show(null));
    }

    [Theory]
    [InlineData(0.0123, "0.01230")]
    [InlineData(5, "5.000")]
    [InlineData(101.25, "101.25")]
    [InlineData(1013.26, "1013.3")]
    [InlineData(-1.7e308, "−1.700e+308")]
    public void Show_Value_HasAboutFourDigits(double value, string expected) => Assert.Equal(expected, new ValueFormat([value]).Show(value));

    [Theory]
    [InlineData(2)]
    [InlineData(90)]
    [InlineData(4_000)]
    [InlineData(50_000)]
    [InlineData(604_800)]
    [InlineData(950_400)]
    [InlineData(5_000_000)]
    [InlineData(90_000_000)]
    [InlineData(30_000_000_000)]
    public void Ticks_AnySpan_AreFewRoundAndNamedOnce(double seconds)
    {
        var from = new DateTimeOffset(2026, 3, 2, 7, 20, 5, TimeSpan.Zero);

        var ticks = new TimeScale(from, from.AddSeconds(seconds)).Ticks();

        Assert.InRange(ticks.Count, 2, 9);
        Assert.All(ticks, tick => Assert.InRange(tick.Time, from, from.AddSeconds(seconds)));
        Assert.Distinct(ticks.Select(tick => tick.Label));
    }

    [Fact]
    public void Ticks_EndOfAllTime_AreWithinIt()
    {
        var ticks = new TimeScale(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).Ticks();

        Assert.NotEmpty(ticks);
        Assert.NotEmpty(new TimeScale(DateTimeOffset.MaxValue.AddSeconds(-3), DateTimeOffset.MaxValue).Ticks());
    }

    [Fact]
    public void Plot_OneBucket_IsDrawnAsWideAsItIs()
    {
        var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

        var line = Assert.Single(new SeriesPlot([new("a", 3600, start, start.AddHours(1), [new(start, 3, 1, 2, 3)])]).Lines);

        Assert.Equal("M56 142L952 142", line.Line);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("Europe/Berlin", "5%", "Times without a zone are read as Europe/Berlin; the file fails when more than 5 % of the rows are rejected.")]
    [InlineData(null, "100", "The file fails when more than 100 rows are rejected.")]
    public void Options_OfTheUpload_AreToldInWords(string? zone, string? limit, string? expected) =>
        Assert.Equal(expected, Outcome.Options(new() { FileId = "x", Status = FileStatuses.Processed, Timezone = zone, MaxInvalid = limit }));

    [Theory]
    [InlineData(1, 15_000, "1 of 15,001 rows is valid, from 1 sensor; 15,000 rows were rejected, counted by reason below.")]
    [InlineData(2, 10_000, "2 of 10,002 rows are valid, from 1 sensor; 10,000 rows were rejected, each with its reason below.")]
    public void Sentence_PartlyValidFile_PromisesReasonsOnlyForRowsThatAreListed(long valid, long invalid, string expected)
    {
        var file = new FileRecord { FileId = "x", Status = FileStatuses.Partial, TotalRows = valid + invalid, ValidRows = valid, InvalidRows = invalid };

        Assert.Equal(expected, Outcome.Sentence(file, sensors: 1));
    }

    [Fact]
    public void Sentence_ProcessedFile_SaysAll()
    {
        var file = new FileRecord { FileId = "x", Status = FileStatuses.Processed, TotalRows = 1_000, ValidRows = 1_000, InvalidRows = 0 };

        Assert.Equal("All 1,000 rows are valid, from 1 sensor.", Outcome.Sentence(file, sensors: 1));
    }
}
