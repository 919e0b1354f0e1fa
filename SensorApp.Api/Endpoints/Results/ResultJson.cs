using System.Text.Json;
using SensorApp.Api.Processing;
using SensorApp.Api.Processing.Documents;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>Writes a result as JSON while it is read: a million sensors take no memory here.</summary>
/// <param name="file">What is known of the file; a dry run has no id.</param>
/// <param name="sensors">Its sensors; none before the end.</param>
/// <param name="shownErrors">Invalid rows to be shown with it; null: they have a route of their own.</param>
public sealed class ResultJson(FileRecord file, IAsyncEnumerable<SensorStatistics> sensors, IReadOnlyList<Rejection>? shownErrors = null) : IResult
{
    public const string ContentType = "application/json; charset=utf-8";

    private const int FlushBytes = 32 * 1024;

    /// <summary>A stored result.</summary>
    public static ResultJson For(FileRecord file, ResultDocument? document) =>
        new(file, document?.SensorsAsync(afterId: null, search: null, CancellationToken.None) ?? AsyncEnumerable.Empty<SensorStatistics>());

    public async Task ExecuteAsync(HttpContext context)
    {
        context.Response.ContentType = ContentType;
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        WriteRecord(json);
        await WriteSensorsAsync(json, context);
        WriteReasons(json);
        WriteError(json);
        WriteShownErrors(json);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private async Task WriteSensorsAsync(Utf8JsonWriter json, HttpContext context)
    {
        var sent = 0L;
        json.WriteStartObject("aggregated_data");

        await foreach (var sensor in sensors.WithCancellation(context.RequestAborted))
        {
            json.WriteStartObject(sensor.SensorId);
            SensorJson.WriteMembers(json, sensor);
            json.WriteEndObject();

            // The writer hands over what it has whenever its own small buffer is full, so what is pending there says nothing.
            if (json.BytesCommitted + json.BytesPending - sent > FlushBytes)
            {
                await json.FlushAsync(context.RequestAborted);
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
                sent = json.BytesCommitted;
            }
        }

        json.WriteEndObject();
    }

    private void WriteRecord(Utf8JsonWriter json)
    {
        json.WriteString("file_id", file.FileId.Length > 0 ? file.FileId : null);
        json.WriteString("status", file.Status.ToName());
        json.WriteString("filename", file.Filename);
        json.WriteString("upload_time", ApiJson.Format(file.UploadTime));
        json.WriteString("processing_time", file.ProcessingTime is { } time ? ApiJson.Format(time) : null);
        json.WriteNumberOrNull("total_rows", file.TotalRows);
        json.WriteNumberOrNull("valid_rows", file.ValidRows);
        json.WriteNumberOrNull("invalid_rows", file.InvalidRows);
    }

    private void WriteReasons(Utf8JsonWriter json)
    {
        json.WriteStartObject("errors_by_reason");

        foreach (var (reason, count) in file.ErrorsByReason ?? new Dictionary<string, long>())
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
    }

    private void WriteError(Utf8JsonWriter json)
    {
        if (file.Error is not { } error)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    }

    private void WriteShownErrors(Utf8JsonWriter json)
    {
        if (shownErrors is null)
        {
            return;
        }

        json.WriteStartArray("errors");

        foreach (var row in shownErrors)
        {
            json.WriteStartObject();
            json.WriteNumber("line", row.Line);
            json.WriteString("column", row.Column);
            json.WriteString("reason", row.Reason);
            json.WriteString("raw", row.Raw);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
