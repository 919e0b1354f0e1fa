using SensorApp.LoadTest;

namespace SensorApp.Tests.LoadTest;

public sealed class DistributionTests
{
    [Fact]
    public void Of_OneToHundredMilliseconds_TakesNearestRanks()
    {
        var durations = Enumerable.Range(1, 100).Reverse().Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds));

        var distribution = Distribution.Of(durations);

        Assert.Equal(new Distribution(Min: 1, Avg: 50.5, P50: 50, P95: 95, P99: 99, Max: 100), distribution);
    }

    [Fact]
    public void Of_OneDuration_IsThatDurationThroughout()
    {
        var distribution = Distribution.Of([TimeSpan.FromMilliseconds(7)]);

        Assert.Equal(new Distribution(7, 7, 7, 7, 7, 7), distribution);
    }

    [Fact]
    public void Of_Nothing_IsNull() => Assert.Null(Distribution.Of([]));
}
