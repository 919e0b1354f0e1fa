using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;

using SensorApp.Benchmarks.Engines;

namespace SensorApp.Benchmarks;

/// <summary>One engine over one file, warmed up, in a process of its own: the median of its passes.</summary>
internal sealed record Measurement(double Seconds, double CpuSeconds, double PeakRssMb, Answer Answer)
{
    // A pass is a million rows or the file, if that is smaller.
    private const int FewestWarmUpPasses = 5;
    private static readonly TimeSpan ShortestWarmUp = TimeSpan.FromSeconds(4);

    // The just-in-time compiler shares the one processor, and its work counts as the engine's: it must have been silent for a while.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(12);

    // A pass over a million rows takes less than what disturbs it on a shared host.
    private static readonly TimeSpan ShortestMeasurement = TimeSpan.FromSeconds(1);

    /// <summary>The child's side: engine, threads, file to warm up on, file to measure on. Prints the measurement as JSON.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var kind = Enum.Parse<EngineKind>(args[0]);
        var threads = int.Parse(args[1], CultureInfo.InvariantCulture);
        using var self = Process.GetCurrentProcess();
        if (threads == 1 && OperatingSystem.IsLinux())
            self.ProcessorAffinity = 1 << (Environment.ProcessId % Environment.ProcessorCount);

        await using var engine = kind.Create(threads);
        await WarmUpAsync(engine, args[2]);
        var passes = new List<Measurement>();
        var watch = Stopwatch.StartNew();
        while (passes.Count == 0 || watch.Elapsed < ShortestMeasurement)
            passes.Add(await PassAsync(engine, args[3]));
        self.Refresh();
        Console.WriteLine(JsonSerializer.Serialize(passes.OrderBy(pass => threads == 1 ? pass.CpuSeconds : pass.Seconds).ElementAt(passes.Count / 2) with { PeakRssMb = self.PeakWorkingSet64 / (1024.0 * 1024.0) }));
        return 0;
    }

    private static async Task<Measurement> PassAsync(IEngine engine, string path)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var answer = await engine.RunAsync(path);
        watch.Stop();
        return new Measurement(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, PeakRssMb: 0, answer);
    }

    /// <summary>The passes are those that will be measured, so that measuring is warm, too.</summary>
    private static async Task WarmUpAsync(IEngine engine, string path)
    {
        var watch = Stopwatch.StartNew();
        var (compiled, silentSince) = (0L, TimeSpan.Zero);
        for (var pass = 0; pass < FewestWarmUpPasses || watch.Elapsed < ShortestWarmUp || IsCompiling(); pass++)
        {
            await PassAsync(engine, path);
            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
                (compiled, silentSince) = (now, watch.Elapsed);
        }

        bool IsCompiling() => watch.Elapsed - silentSince < Silence && watch.Elapsed < LongestWarmUp;
    }

    /// <summary>The parent's side.</summary>
    public static async Task<Measurement> OfAsync(EngineKind kind, int threads, string warmUp, string file)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["measure", $"{kind}", $"{threads}", warmUp, file]) { RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? JsonSerializer.Deserialize<Measurement>(output)! : throw new InvalidOperationException($"{kind} failed on {file}.");
    }
}
