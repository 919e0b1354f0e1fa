using System.Text.Json.Serialization;

namespace SensorApp.Benchmarks.Cloud;

/// <summary>Medians of one server under one operation.</summary>
/// <param name="Ratio">Its rate to that of the static server, each round's own; 1 for that server.</param>
internal sealed record CloudResult(
    CloudOperation Operation, int Connections, CloudServerKind Server, double Rate, double Ratio, double CpuMicroseconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? WritesPerFlush)
{
    public static CloudResult Of(
        CloudOperation operation, int connections, CloudServerKind server, IReadOnlyList<CloudWindow> windows, IReadOnlyList<CloudWindow>? floor) => new(
        operation, connections, server,
        Median(windows.Select(window => window.Rate)),
        floor is null ? 0 : Median(windows.Zip(floor, (own, nothing) => own.Rate / nothing.Rate)),
        Median(windows.Select(window => window.CpuMicroseconds)),
        windows.Any(window => window.WritesPerFlush is not null) ? Median(windows.Select(window => window.WritesPerFlush ?? 0)) : null);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
