using System.Globalization;
using System.Text.Json;

using SensorApp.Benchmarks.Engines;

namespace SensorApp.Benchmarks;

/// <summary>Runs all engines over all files, interleaved, and reports medians and ratios.</summary>
internal static class Comparison
{
    // Enough that our series come to buckets, as they do in the file that is measured: code never run before is not warm.
    private const long WarmUpRows = 1_000_000;

    public static async Task<int> RunAsync(CompareOptions options)
    {
        var folder = Path.Combine(Path.GetTempPath(), "sensorapp-benchmarks");
        var machine = Machine.Here();
        Console.WriteLine(machine);
        var results = new List<CaseResult>();
        var agree = true;
        foreach (var rows in options.Rows)
            foreach (var file in options.Files)
            {
                var warmUp = BenchmarkFile.Ensure(folder, file, Math.Min(rows, WarmUpRows));
                var path = BenchmarkFile.Ensure(folder, file, rows);
                foreach (var threads in options.Threads)
                {
                    var cases = await MeasureAsync(options, file, rows, threads, warmUp, path);
                    agree &= Check(cases);
                    Report.Print(cases);
                    results.AddRange(cases);
                }

                File.Delete(path);
            }

        if (options.JsonPath is { } json)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new Report(machine, options.Repeats, results), Report.Json));
        return agree ? 0 : 1;
    }

    private static async Task<List<CaseResult>> MeasureAsync(CompareOptions options, FileKind file, long rows, int threads, string warmUp, string path)
    {
        var kinds = Enum.GetValues<EngineKind>().Where(kind => kind.Suits(threads)).ToList();
        var runs = kinds.ToDictionary(kind => kind, _ => new List<Measurement>());
        var engines = new Dictionary<EngineKind, EngineProcess>();
        try
        {
            foreach (var kind in kinds)
                engines[kind] = await EngineProcess.StartAsync(kind, threads, warmUp);
            for (var round = 0; round < options.Repeats; round++)
                foreach (var kind in kinds)
                    runs[kind].Add(await engines[kind].MeasureAsync(path));
        }
        finally
        {
            foreach (var engine in engines.Values)
                engine.Dispose();
        }

        var megabytes = new FileInfo(path).Length / 1e6;
        return [.. kinds.Select(kind => CaseResult.Of(file, rows, megabytes, threads, kind, runs[kind], runs[kinds[0]]))];
    }

    private static bool Check(List<CaseResult> cases)
    {
        var ours = cases[0];
        foreach (var other in cases.Where(other => other.File != FileKind.Bad || other.Engine.RejectsBadRows()))
            foreach (var run in other.Runs)
                if (!run.Answer.AgreesWith(ours.Runs[0].Answer))
                {
                    Console.WriteLine($"NOT THE SAME NUMBERS: {other.Engine} has {run.Answer}, we have {ours.Runs[0].Answer}");
                    return false;
                }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all engines gave the same numbers: {ours.Runs[0].Answer.Rows} valid rows"));
        return true;
    }
}
