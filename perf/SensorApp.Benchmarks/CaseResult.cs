using System.Text.Json.Serialization;

using SensorApp.Benchmarks.Engines;

namespace SensorApp.Benchmarks;

/// <summary>Medians of one engine over one file.</summary>
internal sealed record CaseResult(
    FileKind File, long Rows, double Megabytes, int Threads, EngineKind Engine, double Seconds, double CpuSeconds, double PeakRssMb, [property: JsonIgnore] IReadOnlyList<Measurement> Runs)
{
    public double RowsPerSecond => Rows / Seconds;

    public double RowsPerCpuSecond => Rows / CpuSeconds;

    public double MegabytesPerSecond => Megabytes / Seconds;

    public static CaseResult Of(FileKind file, long rows, double megabytes, int threads, EngineKind engine, IReadOnlyList<Measurement> runs) =>
        new(file, rows, megabytes, threads, engine, Median(runs, run => run.Seconds), Median(runs, run => run.CpuSeconds), runs.Max(run => run.PeakRssMb), runs);

    private static double Median(IEnumerable<Measurement> runs, Func<Measurement, double> value)
    {
        var sorted = runs.Select(value).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
