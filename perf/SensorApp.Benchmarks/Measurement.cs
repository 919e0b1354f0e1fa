using SensorApp.Benchmarks.Engines;

namespace SensorApp.Benchmarks;

/// <summary>One pass of an engine over a file.</summary>
internal sealed record Measurement(double Seconds, double CpuSeconds, double PeakRssMb, Answer Answer)
{
    /// <summary>What counts: processor time with one thread, the time passed with more.</summary>
    public double Cost(int threads) => threads == 1 ? CpuSeconds : Seconds;
}
