using SensorApp.Api.Processing.Documents;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>The per-sensor table as CSV, written while it is read.</summary>
public sealed class ResultCsv(FileRecord file, ResultDocument? document) : IResult
{
    public const string ContentType = "text/csv; charset=utf-8";

    public async Task ExecuteAsync(HttpContext context)
    {
        context.Response.ContentType = ContentType;
        context.Response.Headers.ContentDisposition = Attachment.Named($"{file.FileId}-results.csv");
        var lines = new CsvLines(context.Response.BodyWriter);
        await lines.WriteAsync(
            context.RequestAborted, "sensor_id", "count", "avg", "min", "max", "stddev", "p50", "p95", "p99", "first", "last", "last_value");

        if (document is null)
        {
            return;
        }

        await foreach (var sensor in document.SensorsAsync(afterId: null, search: null, context.RequestAborted))
        {
            await lines.WriteAsync(
                context.RequestAborted, sensor.SensorId, sensor.Count, sensor.Average, sensor.Minimum, sensor.Maximum, sensor.StandardDeviation,
                sensor.P50, sensor.P95, sensor.P99, sensor.First, sensor.Last, sensor.LastValue);
        }
    }
}
