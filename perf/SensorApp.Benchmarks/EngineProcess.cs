using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;

using SensorApp.Benchmarks.Engines;

namespace SensorApp.Benchmarks;

/// <summary>An engine, warmed up, in a process of its own, which measures a pass over a file when told to and sleeps in between.</summary>
internal sealed class EngineProcess : IDisposable
{
    // A pass of the warm-up is a million rows or the file, if that is smaller.
    private const int FewestWarmUpPasses = 5;
    private static readonly TimeSpan ShortestWarmUp = TimeSpan.FromSeconds(4);

    // The just-in-time compiler shares the one processor, and its work counts as the engine's: it must have been silent for a while.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(12);

    // A pass over a million rows takes less than what disturbs it on a shared host, and the first one finds what others left in the caches: to one of seconds neither matters.
    private static readonly TimeSpan ShortestTurn = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan LongPass = TimeSpan.FromSeconds(1);

    private readonly Process _process;

    private EngineProcess(Process process)
    {
        _process = process;
    }

    /// <summary>Starts a process and waits until it is warm.</summary>
    public static async Task<EngineProcess> StartAsync(EngineKind kind, int threads, string warmUp)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["measure", $"{kind}", $"{threads}", warmUp]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var engine = new EngineProcess(Process.Start(start)!);
        await engine.ReadAsync();
        return engine;
    }

    /// <summary>The median pass of a turn, without the first.</summary>
    public async Task<Measurement> MeasureAsync(string file)
    {
        await _process.StandardInput.WriteLineAsync(file);
        await _process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize<Measurement>(await ReadAsync())!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>The process's side: engine, threads and the file to warm up on. Prints a line when it is warm, and then for every file named on standard input a measurement as JSON.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        var kind = Enum.Parse<EngineKind>(args[0]);
        var threads = int.Parse(args[1], CultureInfo.InvariantCulture);
        using var self = Process.GetCurrentProcess();
        if (threads == 1 && OperatingSystem.IsLinux())
            self.ProcessorAffinity = 1 << (Environment.ProcessorCount - 1);

        await using var engine = kind.Create(threads);
        await WarmUpAsync(engine, args[2]);
        Console.WriteLine("warm");
        while (await Console.In.ReadLineAsync() is { } file)
        {
            var median = await TurnAsync(engine, file, threads);
            self.Refresh();
            Console.WriteLine(JsonSerializer.Serialize(median with { PeakRssMb = self.PeakWorkingSet64 / (1024.0 * 1024.0) }));
        }

        return 0;
    }

    private async Task<string> ReadAsync() => await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("An engine failed; what it said is above.");

    private static async Task<Measurement> TurnAsync(IEngine engine, string file, int threads)
    {
        var first = await PassAsync(engine, file);
        if (first.Seconds >= LongPass.TotalSeconds)
            return first;
        var passes = new List<Measurement>();
        var watch = Stopwatch.StartNew();
        while (passes.Count == 0 || watch.Elapsed < ShortestTurn)
            passes.Add(await PassAsync(engine, file));
        return passes.OrderBy(pass => pass.Cost(threads)).ElementAt((passes.Count - 1) / 2);
    }

    private static async Task<Measurement> PassAsync(IEngine engine, string file)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var answer = await engine.RunAsync(file);
        watch.Stop();
        return new Measurement(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, PeakRssMb: 0, answer);
    }

    /// <summary>The passes are those that will be measured, so that measuring is warm, too.</summary>
    private static async Task WarmUpAsync(IEngine engine, string file)
    {
        var watch = Stopwatch.StartNew();
        var (compiled, silentSince) = (0L, TimeSpan.Zero);
        for (var pass = 0; pass < FewestWarmUpPasses || watch.Elapsed < ShortestWarmUp || IsCompiling(); pass++)
        {
            await PassAsync(engine, file);
            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
                (compiled, silentSince) = (now, watch.Elapsed);
        }

        bool IsCompiling() => watch.Elapsed - silentSince < Silence && watch.Elapsed < LongestWarmUp;
    }
}
