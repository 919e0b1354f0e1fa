namespace SensorApp.Tests.Chaos;

/// <summary>API processes die, pause, restart, or disagree about the time.</summary>
public sealed class ReplicaChaosTests
{
    [Theory]
    [InlineData("a1", 2)]
    [InlineData("a3", 2)]
    [InlineData("e", 2)]
    [InlineData("g", 1)]
    public Task Replicas_Disturbed_LoseNothing(string scenario, int blows) => ShortRun.AssertNothingLostAsync(scenario, blows);
}
