using SensorApp.Chaos.Load;
using SensorApp.Tests.LoadTest;
using SensorApp.Workload;

namespace SensorApp.Tests.Chaos;

public sealed class AcknowledgedFileTests
{
    private static readonly GeneratedFile File = new FileGenerator(seed: 1, withErrors: false).Generate(index: 1, rows: 50);
    private static readonly FileResults RightResults = FakeSensorService.RightResults("id", File);
    private static readonly FileFailure GivenUp = new("attempts_exhausted", "Given up after 5 attempts.");

    [Fact]
    public void FindDifference_RightResults_IsNull() => Assert.Null(new AcknowledgedFile("id", File).FindDifference(RightResults));

    [Fact]
    public void FindDifference_GoodFileGivenUp_SaysWhy()
    {
        var results = RightResults with { Status = "failed", Error = GivenUp };

        var difference = new AcknowledgedFile("id", File).FindDifference(results);

        Assert.Equal("status is failed instead of processed (attempts_exhausted: Given up after 5 attempts.)", difference);
    }

    [Fact]
    public void FindDifference_PoisonFileGivenUp_IsNull() =>
        Assert.Null(new AcknowledgedFile("id", File, "attempts_exhausted").FindDifference(RightResults with { Status = "failed", Error = GivenUp }));

    [Fact]
    public void FindDifference_PoisonFileWithResults_IsFound() => Assert.Equal(
        "status is processed instead of failed with attempts_exhausted",
        new AcknowledgedFile("id", File, "attempts_exhausted").FindDifference(RightResults));
}
