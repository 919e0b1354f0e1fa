using SensorApp.Api.Processing;
using SensorApp.Api.Services.Uploads;

namespace SensorApp.Tests.Api;

public sealed class UploadTextTests
{
    [Theory]
    [InlineData("readings.csv", "readings.csv")]
    [InlineData("../../etc/passwd", "etc/passwd")]
    [InlineData(@"C:\data\..\x.csv", "C:/data/x.csv")]
    [InlineData("a\r\nb\u0000.csv", "a  b .csv")]
    [InlineData("   ", "upload.csv")]
    [InlineData("..", "upload.csv")]
    [InlineData(null, "upload.csv")]
    [InlineData("größe \"2\".csv", "größe \"2\".csv")]
    public void DisplayName_NameFromOutside_IsHarmless(string? sent, string shown)
    {
        Assert.Equal(shown, DisplayName.From(sent));
    }

    [Fact]
    public void DisplayName_LongName_IsCutBetweenCharacters()
    {
        var name = DisplayName.From(new string('a', 254) + "😀.csv");

        Assert.Equal(new string('a', 254), name);
    }

    [Theory]
    [InlineData("100", 100L, null)]
    [InlineData("0", 0L, null)]
    [InlineData("2.5%", null, 2.5)]
    public void Options_MaxInvalid_IsRowsOrPercent(string text, long? rows, double? percent)
    {
        var options = new UploadOptions(MaxInvalid: text).ToReadingOptions();

        Assert.Equal(new InvalidRowLimit(rows, percent), options.MaxInvalid);
    }

    [Theory]
    [InlineData(null, "5 %")]
    [InlineData(null, "1e3")]
    [InlineData(null, "-5%")]
    [InlineData(null, "NaN%")]
    [InlineData("Europe/Atlantis", null)]
    public void Options_NotAllowed_SaysWhatIs(string? timeZone, string? maxInvalid)
    {
        var refusal = Assert.Throws<UploadRefusedException>(() => new UploadOptions(timeZone, maxInvalid).ToReadingOptions());

        Assert.Equal(UploadRefusals.OptionInvalid, refusal.Code);
        Assert.Contains("expected", refusal.Message, StringComparison.Ordinal);
    }
}
