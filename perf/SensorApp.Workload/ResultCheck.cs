using System.Globalization;

namespace SensorApp.Workload;

/// <summary>Compares what a service answered with what was sent.</summary>
public static class ResultCheck
{
    // Of the largest magnitude: a service that adds in plain doubles passes, one with a reading too few or too many does not.
    // Minimum and maximum are values of the file and so exact.
    private const double MeanTolerance = 1e-12;

    /// <summary>The first difference as one sentence; null when the results are right.</summary>
    public static string? FindDifference(GeneratedFile file, FileResults results)
    {
        var expected = file.Expected;
        return Differ("filename", file.Name, results.Filename)
            ?? Differ("status", expected.Status, results.Status)
            ?? Differ("total_rows", expected.TotalRows, results.TotalRows)
            ?? Differ("valid_rows", expected.ValidRows, results.ValidRows)
            ?? Differ("invalid_rows", expected.InvalidRows, results.InvalidRows)
            ?? FindDifference(expected.ErrorsByReason, results.ErrorsByReason)
            ?? FindDifference(expected.Sensors, results.AggregatedData ?? []);
    }

    private static string? FindDifference(IReadOnlyDictionary<string, long> expected, Dictionary<string, long>? reported)
    {
        if (reported is null)
        {
            return null;
        }

        return expected.Keys.Union(reported.Keys, StringComparer.Ordinal)
            .Select(reason => Differ($"errors_by_reason.{reason}", expected.GetValueOrDefault(reason), reported.GetValueOrDefault(reason)))
            .FirstOrDefault(difference => difference is not null);
    }

    private static string? FindDifference(IReadOnlyDictionary<string, ExpectedSensor> expected, Dictionary<string, SensorResult> reported)
    {
        if (reported.Keys.FirstOrDefault(sensorId => !expected.ContainsKey(sensorId)) is { } unknown)
        {
            return $"sensor {unknown} is not in the file";
        }

        return expected
            .Select(sensor => reported.TryGetValue(sensor.Key, out var result)
                ? FindDifference(sensor.Key, sensor.Value, result)
                : $"sensor {sensor.Key} is missing")
            .FirstOrDefault(difference => difference is not null);
    }

    private static string? FindDifference(string sensorId, ExpectedSensor expected, SensorResult result) =>
        Differ($"{sensorId}.count", expected.Count, result.Count)
        ?? Differ($"{sensorId}.min", expected.Minimum, result.Min)
        ?? Differ($"{sensorId}.max", expected.Maximum, result.Max)
        ?? (IsNear(expected.Average, result.Avg, Math.Max(Math.Abs(expected.Minimum), Math.Abs(expected.Maximum)))
            ? null
            : Differ($"{sensorId}.avg", expected.Average, result.Avg));

    private static bool IsNear(double expected, double actual, double magnitude) => Math.Abs(expected - actual) <= MeanTolerance * magnitude;

    private static string? Differ<T>(string what, T expected, T? actual) =>
        EqualityComparer<T>.Default.Equals(expected, actual)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{what} is {(object?)actual ?? "null"} instead of {expected}");

    private static string? Differ(string what, long expected, long? actual) => Differ<long?>(what, expected, actual);
}
