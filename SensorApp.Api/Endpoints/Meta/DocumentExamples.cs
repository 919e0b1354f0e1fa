using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace SensorApp.Api.Endpoints.Meta;

/// <summary>How success answers read, for the OpenAPI document.</summary>
internal static class DocumentExamples
{
    private const string Summary =
        """
        "count":96,"avg":72.4,"min":56.7,"max":87.2,"stddev":10.44,"p50":71.5,"p95":86.5,"p99":87.2,"first":"2026-03-02T00:00:02Z","last":"2026-03-06T03:00:00Z","last_value":85.2
        """;

    private const string Record =
        """
        "filename":"readings.csv","upload_time":"2026-03-07T08:00:00Z","processing_time":"2026-03-07T08:00:00.41Z","total_rows":97,"valid_rows":96,"invalid_rows":1
        """;

    private const string Row = """{"line":17,"column":"value","reason":"value_not_a_number","raw":"greenhouse-humidity,2026-03-02T01:00:00Z,n/a"}""";

    private const string Status = """{"file_id":"0199a1b2c3d47e5f80718293a4b5c6d7","status":""";

    private const string Result =
        Status + "\"partial\"," + Record + ""","aggregated_data":{"greenhouse-humidity":{""" + Summary + """}},"errors_by_reason":{"value_not_a_number":1},"error":null}""";

    /// <summary>By operation, status and, where there are several, the start of the content type.</summary>
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["GetService 200"] = """{"name":"SensorApp API","version":"1.0.0","description":"Takes CSV files of sensor readings.","docs":"/scalar","openapi":"/openapi/v1.json"}""",
        ["UploadFiles 200"] = Result,
        ["UploadFiles 202"] = Status + "\"pending\",\"message\":\"File uploaded successfully and queued for processing\"}",
        ["UploadBody 200"] = Result,
        ["UploadBody 202"] = Status + "\"pending\",\"message\":\"File uploaded successfully and queued for processing\"}",
        ["ValidateFile 200"] =
            """{"file_id":null,"status":"partial",""" + Record + ""","aggregated_data":{"greenhouse-humidity":{""" + Summary + """}},"errors_by_reason":{"value_not_a_number":1},"error":null,"errors":[""" + Row + "]}",
        ["ListFiles 200"] = """{"files":[""" + Status + "\"partial\",\"size\":4711," + Record + ""","attempts":0}],"next_cursor":null}""",
        ["GetStatus 200"] = Status + """ "processing","progress":{"rows":120000,"invalid_rows":3,"bytes":8388608,"size":73400320}}""",
        ["GetFile 200"] = Status + "\"partial\",\"size\":4711," + Record + ""","attempts":0,"error":null}""",
        ["CancelFile 202"] = Status + "\"failed\"}",
        ["ReprocessFile 202"] = Status + "\"pending\"}",
        ["GetResult 200 application"] = Result,
        ["GetResult 200 text"] = "sensor_id,count,avg,min,max,stddev,p50,p95,p99,first,last,last_value\r\ngreenhouse-humidity,96,72.4,56.7,87.2,10.44,71.5,86.5,87.2,2026-03-02T00:00:02Z,2026-03-06T03:00:00Z,85.2\r\n",
        ["ListSensors 200"] = Status + """ "partial","sensor_count":1,"sensors":[{"sensor_id":"greenhouse-humidity",""" + Summary + """}],"next_cursor":null}""",
        ["ListErrors 200 application/json"] =
            """{"file_id":"0199a1b2c3d47e5f80718293a4b5c6d7","invalid_rows":1,"detailed_rows":1,"errors_by_reason":{"value_not_a_number":1},"header":"sensor_id,timestamp,value","errors":[""" + Row + """],"next_cursor":null}""",
        ["ListErrors 200 text"] = "line,column,reason,raw\r\n17,value,value_not_a_number,\"greenhouse-humidity,2026-03-02T01:00:00Z,n/a\"\r\n",
        ["GetSeries 200"] =
            """{"file_id":"0199a1b2c3d47e5f80718293a4b5c6d7","sensor_id":"greenhouse-humidity","bucket_seconds":3600,"from":"2026-03-02T00:00:00Z","to":"2026-03-06T04:00:00Z","buckets":[{"start":"2026-03-02T00:00:00Z","count":1,"min":71.2,"avg":71.2,"max":71.2}]}""",
        ["WatchFiles 200"] = "event: status\ndata: " + Status + "\"processed\"}\nid: 1\nretry: 2000\n\n",
        ["GetHealth 200"] = """{"status":"healthy","checks":{"self":{"status":"healthy"},"cloud":{"status":"healthy","description":"Blob store and metadata store answer."}}}""",
        ["GetAlive 200"] = "Healthy",
    };

    public static void AddTo(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            foreach (var (contentType, media) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                if (Find($"{operation.OperationId} {status}", contentType) is { } text)
                {
                    media.Example = contentType == "application/json" ? JsonNode.Parse(text) : JsonValue.Create(text);
                }
            }
        }
    }

    private static string? Find(string answer, string contentType) =>
        Texts.GetValueOrDefault(answer) ?? Texts.FirstOrDefault(text => $"{answer} {contentType}".StartsWith(text.Key, StringComparison.Ordinal)).Value;
}
