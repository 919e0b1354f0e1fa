using System.Globalization;
using System.Text;

using SensorApp.Api.Processing;
using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Tests.Processing;

/// <summary>Holds the two readers to each other and to <see cref="NaiveReader"/>, on generated files cut at every byte.</summary>
public sealed class ReadersTests
{
    private const int FilesPerSeed = 16;

    [Theory]
    [InlineData(1, QuoteStyle.None)]
    [InlineData(2, QuoteStyle.None)]
    [InlineData(3, QuoteStyle.Any)]
    [InlineData(4, QuoteStyle.Any)]
    [InlineData(5, QuoteStyle.Any)]
    [InlineData(6, QuoteStyle.Plain)]
    [InlineData(7, QuoteStyle.Plain)]
    public async Task Read_GeneratedFilesCutAnywhere_AgreesWithTheOracle(int seed, QuoteStyle quotes)
    {
        var generator = new FileGenerator(seed, quotes);
        for (var i = 0; i < FilesPerSeed; i++)
        {
            var file = generator.Next();
            var expected = Describe(NaiveReader.Read(file, generator.Delimiter));

            for (var cut = 1; cut <= file.Length + 1; cut += i < 10 ? 1 : 17)
            {
                var usual = await ReadAsync(file, cut, generalOnly: false);
                var general = await ReadAsync(file, cut, generalOnly: true);

                Assert.True(expected == usual, Difference(file, cut, expected, usual));
                Assert.True(expected == general, Difference(file, cut, expected, general));
            }
        }
    }

    [Theory]
    [InlineData(11, QuoteStyle.None)]
    [InlineData(12, QuoteStyle.Any)]
    [InlineData(13, QuoteStyle.Plain)]
    public async Task Read_MutatedFiles_AgreesWithTheOracle(int seed, QuoteStyle quotes)
    {
        var generator = new FileGenerator(seed, quotes);
        var random = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            var file = generator.Next();
            var body = Array.IndexOf(file, (byte)'\n') + 1;
            for (var changes = random.Next(4); changes > 0; changes--)
                file[random.Next(body, file.Length)] = ",;\t|\"\n\r 0.-eZ:T"u8[random.Next(15)];
            var expected = Describe(NaiveReader.Read(file, generator.Delimiter));

            var actual = await ReadAsync(file, random.Next(1, file.Length), generalOnly: random.Next(2) == 0);

            Assert.True(expected == actual, Difference(file, 0, expected, actual));
        }
    }

    private static async Task<string> ReadAsync(byte[] file, int cut, bool generalOnly)
    {
        var cutter = new ChunkCutter(new MemoryStream(file), cut + (2 * Chunk.Padding));
        var header = await cutter.ReadHeaderAsync(TestContext.Current.CancellationToken);
        var parser = new ChunkParser(header.Format, generalOnly);
        var validator = new RowValidator(TimeZoneInfo.Utc);
        var lines = new List<(long Line, string Text)>();
        long firstLine = header.Lines + 1;
        while (await cutter.NextAsync(header.Format.Delimiter, TestContext.Current.CancellationToken) is { } chunk)
        {
            var batch = RowBatches.Rent(chunk);
            parser.Parse(batch);
            validator.Validate(batch);
            Assert.Equal(batch.RowsRead, batch.Rejected.Count + Enumerable.Range(0, batch.RowCount).Count(batch.IsValid));
            lines.AddRange(Readings(batch, firstLine));
            foreach (var rejected in batch.Rejected)
            {
                var rejection = RejectionDetails.Describe(batch, rejected, firstLine, header.Format);
                lines.Add((rejection.Line, rejection.Reason));
            }

            firstLine += batch.Lines;
            RowBatches.Return(batch);
        }

        return Join(lines);
    }

    private static IEnumerable<(long Line, string Text)> Readings(RowBatch batch, long firstLine)
    {
        for (var i = 0; i < batch.RowCount; i++)
            if (batch.IsValid(i))
                yield return (firstLine + batch.PlaceOf(i).Line, Reading(Encoding.UTF8.GetString(batch.Text(batch.SensorIds[i])), batch.Ticks[i], batch.Values[i]));
    }

    private static string Describe(NaiveReader reader) =>
        Join(reader.Readings.Select(reading => ((long)reading.Line, Reading(reading.Sensor, reading.Ticks, reading.Value)))
            .Concat(reader.Rejected.Select(rejected => (rejected.Line, rejected.Reason))));

    private static string Reading(string sensor, long ticks, double value) => string.Create(CultureInfo.InvariantCulture, $"{sensor}@{ticks}={value:R}");

    private static string Join(IEnumerable<(long Line, string Text)> lines) =>
        string.Join('\n', lines.OrderBy(line => line.Line).Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Line}: {line.Text}")));

    private static string Difference(byte[] file, int cut, string expected, string actual) =>
        $"cut at {cut}\n--- file ---\n{Encoding.UTF8.GetString(file).Replace("\r", "<CR>", StringComparison.Ordinal)}\n--- expected ---\n{expected}\n--- actual ---\n{actual}";
}
