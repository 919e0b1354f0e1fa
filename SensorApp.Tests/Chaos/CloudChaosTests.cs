namespace SensorApp.Tests.Chaos;

/// <summary>The cloud dies, fails, or lags; and replicas that pause or restart beside it.</summary>
public sealed class CloudChaosTests
{
    [Theory]
    [InlineData("b", 2)]
    [InlineData("c", 5)]
    [InlineData("d", 1)]
    [InlineData("f", 1)]
    [InlineData("h", 3)]
    public Task CloudAndReplicas_Disturbed_LoseNothing(string scenario, int blows) => ShortRun.AssertNothingLostAsync(scenario, blows);
}
