using System.Text.Json;
using SensorApp.Api.Processing.Documents;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>Writes a result as JSON while it is read: a million sensors take no memory here.</summary>
public sealed class ResultJson(FileRecord file, ResultDocument? document) : IResult
{
    private const int FlushBytes = 32 * 1024;

    public async Task ExecuteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        WriteRecord(json);
        json.WriteStartObject("aggregated_data");

        if (document is not null)
        {
            await WriteSensorsAsync(json, document, context);
        }

        json.WriteEndObject();
        WriteReasons(json);
        WriteError(json);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static async Task WriteSensorsAsync(Utf8JsonWriter json, ResultDocument document, HttpContext context)
    {
        await foreach (var sensor in document.SensorsAsync(afterId: null, search: null, context.RequestAborted))
        {
            json.WriteStartObject(sensor.SensorId);
            SensorJson.WriteMembers(json, sensor);
            json.WriteEndObject();

            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(context.RequestAborted);
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }
    }

    private void WriteRecord(Utf8JsonWriter json)
    {
        json.WriteString("file_id", file.FileId);
        json.WriteString("status", file.Status.ToName());
        json.WriteString("filename", file.Filename);
        json.WriteString("upload_time", ApiJson.Format(file.UploadTime));
        json.WriteString("processing_time", file.ProcessingTime is { } time ? ApiJson.Format(time) : null);
        WriteCount(json, "total_rows", file.TotalRows);
        WriteCount(json, "valid_rows", file.ValidRows);
        WriteCount(json, "invalid_rows", file.InvalidRows);
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

    private static void WriteCount(Utf8JsonWriter json, string name, long? count)
    {
        if (count is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
