using System.Globalization;

namespace SensorApp.Tests.AppHost;

/// <summary>What a clean three-column sample file amounts to, worked out in the plainest way.</summary>
internal sealed record SampleFileOracle(int Rows, IReadOnlyDictionary<string, SensorFigures> Sensors)
{
    /// <summary>Reads the file without the lines named, which a person found to be invalid.</summary>
    public static SampleFileOracle Read(string path, params int[] invalidLines)
    {
        var readings = File.ReadLines(path)
            .Select((text, index) => (text, line: index + 1))
            .Skip(1)
            .Where(row => !invalidLines.Contains(row.line))
            .Select(row => row.text.Split(','))
            .Select(fields => (sensor: fields[0], value: decimal.Parse(fields[2], CultureInfo.InvariantCulture)))
            .ToList();

        var sensors = readings.GroupBy(reading => reading.sensor, reading => reading.value).ToDictionary(
            group => group.Key,
            group => new SensorFigures(group.Count(), (double)group.Average(), (double)group.Min(), (double)group.Max()));

        return new SampleFileOracle(readings.Count, sensors);
    }
}

internal sealed record SensorFigures(int Count, double Average, double Minimum, double Maximum);
