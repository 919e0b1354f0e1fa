using System.Runtime.CompilerServices;

namespace SensorApp.Tests.Processing;

public sealed class SampleFileTests
{
    [Fact]
    public async Task RunAsync_CleanSample_CountsEveryRow()
    {
        var file = await ReadSampleAsync("sensor_data.csv");

        var captured = await Engine.RunAsync(file);

        Assert.Null(captured.Result.Error);
        Assert.Equal((1000L, 1000L, 0L), (captured.Result.TotalRows, captured.Result.ValidRows, captured.Result.InvalidRows));
        Assert.Equal(10, captured.Sensors.Count);
        Assert.Equal(1000, captured.Sensors.Sum(sensor => sensor.Count));
    }

    [Fact]
    public async Task RunAsync_SampleWithErrors_ExplainsTwentyRows()
    {
        var file = await ReadSampleAsync("sensor_data_with_errors.csv");

        var captured = await Engine.RunAsync(file);

        Assert.Null(captured.Result.Error);
        Assert.Equal((1000L, 980L, 20L), (captured.Result.TotalRows, captured.Result.ValidRows, captured.Result.InvalidRows));
        Assert.Equal(20, captured.Result.Rejections.Count);
        Assert.Equal(20, captured.Result.ErrorsByReason.Values.Sum());
    }

    private static Task<byte[]> ReadSampleAsync(string name, [CallerFilePath] string here = "") =>
        File.ReadAllBytesAsync(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "sample_data", name), TestContext.Current.CancellationToken);
}
