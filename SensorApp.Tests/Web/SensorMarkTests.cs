using SensorApp.Web.Api;
using SensorApp.Web.Presentation;

namespace SensorApp.Tests.Web;

/// <summary>The limits of the rules that the page of a file tells: <see cref="SensorMark.Rules"/>.</summary>
public sealed class SensorMarkTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(9, 5, 5, false)]
    [InlineData(10, 5, 5, true)]
    [InlineData(10, 5, 5.000001, false)]
    public void Flat_FromTenReadingsOfOneValue(long count, double min, double max, bool expected)
    {
        var marks = SensorMark.Of(Row(count, min, 5, max, deviation: 0), series: null);

        Assert.Equal(expected, marks.Any(mark => mark.Label == "flat"));
    }

    [Theory]
    [InlineData(-50, 60, false)]
    [InlineData(-50, 60.5, true)]
    [InlineData(-60, 50, false)]
    [InlineData(-60.5, 50, true)]
    public void Outlier_BeyondSixStandardDeviationsOnEitherSide(double min, double max, bool expected)
    {
        var marks = SensorMark.Of(Row(1000, min, average: 0, max, deviation: 10), series: null).ToList();

        Assert.Equal(expected, marks.Exists(mark => mark.Label == "outlier"));
    }

    [Fact]
    public void Outlier_TwoCandidates_NamesTheOneFartherOff()
    {
        var mark = Assert.Single(SensorMark.Of(Row(1000, min: -70, average: 0, max: 61, deviation: 10), series: null));

        Assert.Contains("-70", mark.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void Gap_BeyondTenTimesTheUsualDistance(int hours, bool expected)
    {
        var series = Series([0, 1, 2, 3, 4, 4 + hours, 5 + hours, 6 + hours]);

        var gap = SensorMark.Of(Row(8, 1, 2, 3, deviation: 1), series).SingleOrDefault(mark => mark.Label == "gap");

        Assert.Equal(expected ? (Start.AddHours(4), Start.AddHours(4 + hours)) : null, gap?.Silence);
    }

    [Fact]
    public void Gap_TooFewDistancesToTellWhatIsUsual_IsNone()
    {
        var series = Series([0, 1, 2, 3, 4, 400]);

        Assert.Empty(SensorMark.Of(Row(6, 1, 2, 3, deviation: 1), series));
    }

    [Fact]
    public void Of_ExtremeValues_DoNotOverflow()
    {
        var marks = SensorMark.Of(Row(1000, -double.MaxValue, 0, double.MaxValue, deviation: null), series: null);

        Assert.Empty(marks);
    }

    private static SensorRow Row(long count, double min, double average, double max, double? deviation) =>
        new() { SensorId = "a", Count = count, Min = min, Avg = average, Max = max, Stddev = deviation };

    private static SensorSeries Series(int[] hours) =>
        new("a", 3600, Start, Start.AddHours(hours[^1] + 1), [.. hours.Select(hour => new SeriesBucket(Start.AddHours(hour), 1, 1, 2, 3))]);
}
