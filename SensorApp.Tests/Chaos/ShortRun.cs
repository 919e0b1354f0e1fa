using SensorApp.Chaos;
using SensorApp.Chaos.Processes;
using SensorApp.Chaos.Scenarios;

namespace SensorApp.Tests.Chaos;

/// <summary>Short runs of what <c>perf/SensorApp.Chaos</c> runs for as long as one likes: real processes, every acknowledged file checked.</summary>
internal static class ShortRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs one scenario; fails the test unless every file survived and something did go wrong.</summary>
    public static async Task AssertNothingLostAsync(string key, int blows)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var scenario = Scenario.All.Single(scenario => scenario.Key == key);
        var options = new ChaosOptions { Pace = Pace.Short, Files = 15, Blows = blows, FilesPerSecond = 8, Seed = 20260302 };

        var report = await new ScenarioRun(scenario, options).RunAsync(limit.Token);

        Assert.True(report.Findings.AreNone, ChaosReport.Of([report]).ToText());
        Assert.True(report.Acknowledged >= options.Files);
        Assert.True(report.Done.Values.Sum() >= blows);
    }
}
