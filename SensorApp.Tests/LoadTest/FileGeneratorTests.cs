using System.Globalization;
using System.Text;
using SensorApp.Workload;

namespace SensorApp.Tests.LoadTest;

public sealed class FileGeneratorTests
{
    [Fact]
    public void Generate_SameSeedAndIndex_GivesTheSameFile()
    {
        var first = new FileGenerator(seed: 7, withErrors: true).Generate(index: 3, rows: 100);
        var second = new FileGenerator(seed: 7, withErrors: true).Generate(index: 3, rows: 100);

        Assert.Equal(first.Name, second.Name);
        Assert.Equal(first.Content, second.Content);
    }

    [Fact]
    public void Generate_AnotherIndex_GivesAnotherFile()
    {
        var generator = new FileGenerator(seed: 7, withErrors: false);

        var first = generator.Generate(index: 3, rows: 100);
        var second = generator.Generate(index: 4, rows: 100);

        Assert.NotEqual(first.Name, second.Name);
        Assert.NotEqual(first.Content, second.Content);
    }

    [Fact]
    public void Generate_CleanFile_ExpectsWhatReadingItBackGives()
    {
        var file = new FileGenerator(seed: 7, withErrors: false).Generate(index: 3, rows: 500);
        var readings = Rows(file).ToLookup(row => row[0], row => double.Parse(row[2], CultureInfo.InvariantCulture));

        Assert.Equal("processed", file.Expected.Status);
        Assert.Equal(500, file.Expected.TotalRows);
        Assert.Equal(readings.Count, file.Expected.Sensors.Count);
        Assert.All(file.Expected.Sensors, sensor =>
        {
            var values = readings[sensor.Key].ToArray();
            Assert.Equal((values.Length, values.Min(), values.Max()), (sensor.Value.Count, sensor.Value.Minimum, sensor.Value.Maximum));
            Assert.Equal(values.Average(), sensor.Value.Average, 1e-9);
        });
    }

    [Fact]
    public void Generate_WithErrors_ExpectsAsManyInvalidRowsAsStandOut()
    {
        var file = new FileGenerator(seed: 7, withErrors: true).Generate(index: 3, rows: 500);

        var goodRows = Rows(file).Count(row =>
            row.Length == 3 && row[0].Length > 0 && row[1].StartsWith("2026-06-01", StringComparison.Ordinal) && row[2].All(c => char.IsAsciiDigit(c) || c is '-' or '.'));

        Assert.Equal("partial", file.Expected.Status);
        Assert.Equal(500, file.Expected.TotalRows);
        Assert.Equal(goodRows, file.Expected.ValidRows);
        Assert.InRange(file.Expected.ErrorsByReason.Count, 5, 7);
    }

    private static IEnumerable<string[]> Rows(GeneratedFile file) =>
        Encoding.UTF8.GetString(file.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));
}
