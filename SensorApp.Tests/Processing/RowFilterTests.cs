using System.Text;

using SensorApp.Api.Processing;
using SensorApp.Api.Processing.ValidRows;

namespace SensorApp.Tests.Processing;

public sealed class RowFilterTests
{
    private const string File = "note,sensor_id,timestamp,value\r\n\"x,\ny\",a,2024-01-01T00:00:00Z,1\r\nbad\n\n\"\",b,2024-01-01T00:00:00Z,x\nz,c,2024-01-01T00:00:00Z,3";

    [Fact]
    public async Task CopyAsync_ValidRows_KeepsThemAsTheyAre()
    {
        var copy = await CopyAsync(RowChoice.Valid);

        Assert.Equal("note,sensor_id,timestamp,value\n\"x,\ny\",a,2024-01-01T00:00:00Z,1\nz,c,2024-01-01T00:00:00Z,3\n", copy);
    }

    [Fact]
    public async Task CopyAsync_InvalidRows_KeepsThemWhole()
    {
        var copy = await CopyAsync(RowChoice.Invalid);

        Assert.Equal("note,sensor_id,timestamp,value\nbad\n\"\",b,2024-01-01T00:00:00Z,x\n", copy);
    }

    [Fact]
    public async Task CopyAsync_ValidRowsOfABadFile_AreAllValidWhenReadAgain()
    {
        var generator = new FileGenerator(21, QuoteStyle.Any);
        for (var i = 0; i < 50; i++)
        {
            var file = generator.Next();
            var output = new MemoryStream();

            await RowFilter.CopyAsync(new MemoryStream(file), RowChoice.Valid, ReadingOptions.Default, new ProcessingOptions(), output, TestContext.Current.CancellationToken);

            var copy = NaiveReader.Read(output.ToArray(), generator.Delimiter);
            var original = NaiveReader.Read(file, generator.Delimiter);
            Assert.Empty(copy.Rejected);
            Assert.Equal(original.Readings.Select(reading => reading with { Line = 0 }), copy.Readings.Select(reading => reading with { Line = 0 }));
        }
    }

    private static async Task<string> CopyAsync(RowChoice choice)
    {
        var output = new MemoryStream();
        await RowFilter.CopyAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(File)), choice, ReadingOptions.Default, new ProcessingOptions(), output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
