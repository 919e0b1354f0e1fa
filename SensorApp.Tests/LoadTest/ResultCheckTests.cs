using SensorApp.Workload;

namespace SensorApp.Tests.LoadTest;

public sealed class ResultCheckTests
{
    private static readonly GeneratedFile File = new FileGenerator(seed: 1, withErrors: true).Generate(index: 1, rows: 200);

    [Fact]
    public void FindDifference_RightResults_IsNull() => Assert.Null(ResultCheck.FindDifference(File, FakeSensorService.RightResults("id", File)));

    [Fact]
    public void FindDifference_AReadingCountedTwice_NamesTheSensor()
    {
        var results = FakeSensorService.RightResults("id", File);
        var (sensorId, sensor) = results.AggregatedData!.First();
        results.AggregatedData![sensorId] = sensor with { Count = sensor.Count + 1 };

        Assert.Equal($"{sensorId}.count is {sensor.Count + 1} instead of {sensor.Count}", ResultCheck.FindDifference(File, results));
    }

    [Fact]
    public void FindDifference_AverageOffInTheNinthDigit_IsFound()
    {
        var results = FakeSensorService.RightResults("id", File);
        var (sensorId, sensor) = results.AggregatedData!.First();
        results.AggregatedData![sensorId] = sensor with { Avg = sensor.Avg * (1 + 1e-9) };

        Assert.StartsWith($"{sensorId}.avg is", ResultCheck.FindDifference(File, results), StringComparison.Ordinal);
    }

    [Fact]
    public void FindDifference_AnotherFilesResults_NamesTheFile()
    {
        var other = new FileGenerator(seed: 1, withErrors: true).Generate(index: 2, rows: 200);

        var difference = ResultCheck.FindDifference(File, FakeSensorService.RightResults("id", other));

        Assert.Equal($"filename is {other.Name} instead of {File.Name}", difference);
    }

    [Fact]
    public void FindDifference_ReasonCountedUnderAnotherName_IsFound()
    {
        var results = FakeSensorService.RightResults("id", File);
        var (reason, count) = results.ErrorsByReason!.First();
        results.ErrorsByReason!.Remove(reason);
        results.ErrorsByReason!.Add("something_else", count);

        Assert.Equal($"errors_by_reason.{reason} is 0 instead of {count}", ResultCheck.FindDifference(File, results));
    }

    [Fact]
    public void FindDifference_SensorLeftOut_IsFound()
    {
        var results = FakeSensorService.RightResults("id", File);
        var sensorId = results.AggregatedData!.Keys.First();
        results.AggregatedData!.Remove(sensorId);

        Assert.Equal($"sensor {sensorId} is missing", ResultCheck.FindDifference(File, results));
    }
}
