using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SensorApp.Benchmarks;

/// <summary>All results of a run, as they are committed.</summary>
internal sealed record Report(Machine Machine, int Repeats, IReadOnlyList<CaseResult> Results)
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>A table of the engines on one file; the ratio is theirs to ours in processor time (one thread) or time passed.</summary>
    public static void Print(IReadOnlyList<CaseResult> cases)
    {
        var ours = cases[0];
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ours.File}, {ours.Rows:N0} rows, {ours.Megabytes:F1} MB, {ours.Threads} thread(s)"));
        Console.WriteLine();
        Console.WriteLine("| engine | Mrows/s | MB/s | CPU s | peak RSS MB | SensorApp is |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var result in cases)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Engines.EngineKinds.Label(result.Engine)} | {result.RowsPerSecond / 1e6:F2} | {result.MegabytesPerSecond:F0} | {result.CpuSeconds:F3} | {result.PeakRssMb:F0} | {result.Ratio:F2} × |"));
        Console.WriteLine();
    }
}
