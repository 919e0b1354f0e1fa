using System.Text.Json.Serialization;

using SensorApp.Benchmarks.Engines;

namespace SensorApp.Benchmarks;

/// <summary>Medians of one engine over one file. The ratio is that of its cost to ours in the same round: what disturbs the machine for seconds then counts for both. The memory is that up to the first measurement: sending it takes a dozen megabytes.</summary>
internal sealed record CaseResult(
    FileKind File, long Rows, double Megabytes, int Threads, EngineKind Engine, double Seconds, double CpuSeconds, double PeakRssMb, double Ratio, [property: JsonIgnore] IReadOnlyList<Measurement> Runs)
{
    public double RowsPerSecond => Rows / Seconds;

    public double MegabytesPerSecond => Megabytes / Seconds;

    public static CaseResult Of(FileKind file, long rows, double megabytes, int threads, EngineKind engine, IReadOnlyList<Measurement> runs, IReadOnlyList<Measurement> ours) =>
        new(file, rows, megabytes, threads, engine, Median(runs, run => run.Seconds), Median(runs, run => run.CpuSeconds), runs[0].PeakRssMb, Median(runs.Zip(ours), round => round.First.Cost(threads) / round.Second.Cost(threads)), runs);

    private static double Median<T>(IEnumerable<T> runs, Func<T, double> value)
    {
        var sorted = runs.Select(value).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
