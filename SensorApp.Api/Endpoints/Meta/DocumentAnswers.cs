using Microsoft.OpenApi;

namespace SensorApp.Api.Endpoints.Meta;

/// <summary>Success answers in the OpenAPI document: what they say, in which formats, with which headers, and how they read.</summary>
internal static class DocumentAnswers
{
    private const string Json = "application/json";
    private const string Csv = "text/csv";
    private const string Bytes = "application/octet-stream";
    private const string Events = "text/event-stream";

    private static readonly Answer StillCurrent = new(304, "The result that `If-None-Match` names is still the current one.", "ETag");

    private static readonly Dictionary<string, Answer[]> ByOperation = new(StringComparer.Ordinal)
    {
        ["GetService"] = [new(200, "What this service is.")],
        ["UploadFiles"] = [new(200, "The results of the one file, ready within `wait`."), new(202, "Accepted: durable and queued. One file, or several.", "Location")],
        ["UploadBody"] = [new(200, "The results, ready within `wait`."), new(202, "Accepted: durable and queued.", "Location")],
        ["ValidateFile"] = [new(200, "What the file would turn out to be.")],
        ["ListFiles"] = [new(200, "One page, newest first.")],
        ["GetStatus"] = [new(200, "Where the file is on its way.")],
        ["GetFile"] = [new(200, "The record.")],
        ["GetContent"] = [new(200, "The bytes, always as a download.", "Content-Disposition")],
        ["DeleteFile"] = [new(204, "Removed, for good.")],
        ["CancelFile"] = [new(202, "The file ends as `failed` with the code `cancelled`.", "Location")],
        ["ReprocessFile"] = [new(202, "The file is `pending` again.", "Location")],
        ["WatchFiles"] =
        [
            new(200, "First the state of each file, then every change, until all are at a final status. Events `status` have the data of `/status/{file_id}`, events `gone` name a deleted file, events `heartbeat` say nothing."),
            new(204, "With `Last-Event-ID`: all files are at a final status, there is no reason to connect again."),
        ],
        ["GetResult"] = [new(200, "What the file turned out to be.", "ETag"), StillCurrent],
        ["ListSensors"] = [new(200, "One page.", "ETag"), StillCurrent],
        ["ListErrors"] = [new(200, "One page, or a download.", "ETag"), StillCurrent],
        ["GetSeries"] = [new(200, "The buckets.", "ETag"), StillCurrent],
        ["GetHealth"] = [new(200, "It can do its work.")],
        ["GetAlive"] = [new(200, "The process answers.")],
    };

    public static void Describe(OpenApiOperation operation, OpenApiDocument document)
    {
        operation.Responses ??= [];

        foreach (var answer in ByOperation[operation.OperationId ?? ""])
        {
            var response = (OpenApiResponse)(operation.Responses.TryGetValue(answer.Key, out var known) ? known : operation.Responses[answer.Key] = new OpenApiResponse());
            response.Description = answer.Description;
            response.Headers = answer.Header is { } header ? new Dictionary<string, IOpenApiHeader> { [header] = HeaderOf(header) } : null;
        }

        AddFormats(operation, document);
        DocumentExamples.AddTo(operation);
    }

    private static void AddFormats(OpenApiOperation operation, OpenApiDocument document)
    {
        switch (operation.OperationId)
        {
            case "UploadFiles":
                Format(operation, "200", Json, Reference("ResultAnswer", document));
                Format(operation, "202", Json, new OpenApiSchema { OneOf = [Reference("UploadAnswer", document), Reference(DocumentSchemas.Uploads, document)] });
                break;
            case "UploadBody":
                Format(operation, "200", Json, Reference("ResultAnswer", document));
                break;
            case "GetContent":
                Format(operation, "200", Bytes, Text("binary"));
                break;
            case "WatchFiles":
                Format(operation, "200", Events, Text());
                break;
            case "GetResult":
                Format(operation, "200", Csv, Text());
                break;
            case "ListErrors":
                Format(operation, "200", Csv, Text());
                Format(operation, "200", Bytes, Text("binary"));
                break;
            case "GetAlive":
                Format(operation, "200", "text/plain", Text());
                break;
            case "GetHealth":
                Format(operation, "200", Json, Reference(DocumentSchemas.Health, document));
                operation.Responses!["503"] = new OpenApiResponse
                {
                    Description = "It cannot: the cloud is not reached, or bucket or table are missing.",
                    Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = Reference(DocumentSchemas.Health, document) } },
                };
                break;
        }
    }

    private static void Format(OpenApiOperation operation, string status, string contentType, IOpenApiSchema schema)
    {
        var response = (OpenApiResponse)operation.Responses![status]; // described above
        response.Content ??= new Dictionary<string, OpenApiMediaType>();
        response.Content[contentType] = new OpenApiMediaType { Schema = schema };
    }

    private static IOpenApiHeader HeaderOf(string name) => name switch
    {
        "Location" => DocumentHeaders.Location,
        "ETag" => DocumentHeaders.ETag,
        _ => DocumentHeaders.ContentDisposition,
    };

    private static OpenApiSchemaReference Reference(string name, OpenApiDocument document) => new(name, document);

    private static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };

    private sealed record Answer(int Status, string Description, string? Header = null)
    {
        public string Key => Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
