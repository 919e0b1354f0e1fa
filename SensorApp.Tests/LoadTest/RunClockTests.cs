using Microsoft.Extensions.Time.Testing;
using SensorApp.LoadTest;

namespace SensorApp.Tests.LoadTest;

public sealed class RunClockTests
{
    [Theory]
    [InlineData(0, 8)]
    [InlineData(3600, 10)]
    [InlineData(-3600, 7)]
    public void ElapsedAt_ServiceClockAheadOrBehind_StaysWithinWhatCanBe(int serviceClockAheadSeconds, int expectedSeconds)
    {
        var time = new FakeTimeProvider();
        var clock = RunClock.Start(time);
        var serviceStart = time.GetUtcNow().AddSeconds(serviceClockAheadSeconds);
        time.Advance(TimeSpan.FromSeconds(10));

        var elapsed = clock.ElapsedAt(serviceStart.AddSeconds(1), serviceStart.AddSeconds(8));

        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), elapsed);
    }
}
