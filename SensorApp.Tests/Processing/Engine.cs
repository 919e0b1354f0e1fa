using System.Text;

using SensorApp.Api.Processing;
using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Tests.Processing;

/// <summary>Runs one file through a graph of its own and keeps what was to be persisted.</summary>
internal static class Engine
{
    public static Task<Captured> RunAsync(string text, ReadingOptions? reading = null, ProcessingOptions? options = null) =>
        RunAsync(Encoding.UTF8.GetBytes(text), reading, options);

    public static async Task<Captured> RunAsync(byte[] file, ReadingOptions? reading = null, ProcessingOptions? options = null)
    {
        await using var graph = new ProcessingGraph(options ?? new ProcessingOptions { Workers = 2 });
        return await RunAsync(graph, new MemoryStream(file), reading);
    }

    public static async Task<Captured> RunAsync(ProcessingGraph graph, Stream file, ReadingOptions? reading = null)
    {
        Captured? captured = null;
        var job = new FileJob
        {
            FileId = "test",
            Options = reading ?? ReadingOptions.Default,
            OpenAsync = _ => Task.FromResult(file),
            PersistAsync = (result, _) =>
            {
                captured = new Captured(result, [.. result.Sensors.Select(sensor => sensor with { Series = [.. sensor.Series] })]);
                return Task.CompletedTask;
            },
        };

        await graph.RunAsync(job, TestContext.Current.CancellationToken);
        return captured!;
    }

    /// <summary>Only parses and validates a file, which must be small enough for one chunk. The batch is the caller's to return.</summary>
    public static async Task<RowBatch> ValidateAsync(string file, TimeZoneInfo zone)
    {
        var cutter = new ChunkCutter(new MemoryStream(Encoding.UTF8.GetBytes(file)), 1024 * 1024);
        var header = await cutter.ReadHeaderAsync(TestContext.Current.CancellationToken);
        var chunk = await cutter.NextAsync(header.Format.Delimiter, TestContext.Current.CancellationToken);
        Assert.NotNull(chunk);
        var batch = RowBatches.Rent(chunk);
        new ChunkParser(header.Format).Parse(batch);
        new RowValidator(zone).Validate(batch);
        return batch;
    }
}

/// <summary>A result with the sensors that were read while it was valid.</summary>
internal sealed record Captured(FileResult Result, IReadOnlyList<SensorStatistics> Sensors)
{
    public SensorStatistics Sensor(string id) => Sensors.Single(sensor => sensor.SensorId == id);

    /// <summary>The rejected rows as line and reason.</summary>
    public IReadOnlyList<(long Line, string Reason)> Rejected => [.. Result.Rejections.Select(rejection => (rejection.Line, rejection.Reason))];
}
