using System.Globalization;
using System.Text;

namespace SensorApp.Workload;

/// <summary>Makes sensor files. The same seed and index always give the same file, in any order and from any thread.</summary>
/// <param name="seed">Different seeds give different readings.</param>
/// <param name="withErrors">About one row in ten is invalid.</param>
public sealed class FileGenerator(int seed, bool withErrors)
{
    private const int SensorsPerFile = 10;

    // The first of a month with 30 days: InvalidRow turns it into the 31st, which does not exist.
    private static readonly DateTime Start = new(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="index">Number of the file: it is part of the name and decides the readings.</param>
    /// <param name="rows">Rows without the header, at least 1.</param>
    public GeneratedFile Generate(int index, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        // Not HashCode.Combine: it differs from process to process.
        var random = new Random(unchecked((seed * 1_000_003) + index));
        var content = new StringBuilder("sensor_id,timestamp,value\n", rows * 48);
        var tally = new ExpectedTally();

        for (var row = 0; row < rows; row++)
        {
            AppendRow(content, tally, random, row);
        }

        return new GeneratedFile(NameOf(seed, index), Encoding.UTF8.GetBytes(content.ToString()), tally.ToExpectedResult());
    }

    /// <summary>The name of the file of that seed and index.</summary>
    public static string NameOf(int seed, int index) => string.Create(CultureInfo.InvariantCulture, $"load_{seed}_{index:D6}.csv");

    private void AppendRow(StringBuilder content, ExpectedTally tally, Random random, int row)
    {
        var sensorId = string.Create(CultureInfo.InvariantCulture, $"sensor_{random.Next(SensorsPerFile):D3}");
        var time = Start.AddSeconds(row % 86_400).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var reading = random.Next(-100_000, 100_000) / 100m;
        var value = reading.ToString("0.00", CultureInfo.InvariantCulture);

        if (withErrors && random.Next(10) == 0)
        {
            var mistake = InvalidRow.Kinds[random.Next(InvalidRow.Kinds.Count)];
            content.Append(mistake.Write(sensorId, time, value)).Append('\n');
            tally.AddInvalidRow(mistake.Reason);
            return;
        }

        content.Append(CultureInfo.InvariantCulture, $"{sensorId},{time},{value}\n");
        tally.AddReading(sensorId, reading);
    }
}
