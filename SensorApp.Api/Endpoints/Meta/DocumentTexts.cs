namespace SensorApp.Api.Endpoints.Meta;

/// <summary>What tags, shapes and members mean, for the OpenAPI document.</summary>
internal static class DocumentTexts
{
    public const string Api =
        "Takes CSV files of sensor readings; answers with every bad row explained and every sensor summarised. Errors are RFC 9457 problem details with a stable `code`.";

    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["Service"] = "What this service is, and whether it is well.",
        ["Uploads"] = "Files come in here.",
        ["Files"] = "Where files are, and what happens to them.",
        ["Results"] = "What files turned out to be.",
    };

    private static readonly Dictionary<string, string> Schemas = new(StringComparer.Ordinal)
    {
        ["BucketAnswer"] = "The readings of one bucket of time.",
        ["ErrorAnswer"] = "Why a file failed or was not accepted.",
        ["ErrorsAnswer"] = "One page of the invalid rows.",
        ["FileAnswer"] = "The record of a file.",
        ["FilesAnswer"] = "One page of files, newest first.",
        ["FileStatus"] = "`pending`: durable, not started; `processing`; `processed`: every row valid; `partial`: some rows invalid, the others count; `failed`: see `error`.",
        ["HealthAnswer"] = "Whether the service can do its work.",
        ["ProgressAnswer"] = "How far processing is.",
        ["ResultAnswer"] = "What a file turned out to be. Before the end the counts are null and there are no sensors.",
        ["RowErrorAnswer"] = "One invalid row.",
        ["SensorAnswer"] = "The summary of one sensor.",
        ["SensorsAnswer"] = "One page of sensors.",
        ["SeriesAnswer"] = "The readings of one sensor in buckets of time.",
        ["ServiceAnswer"] = "What this service is.",
        ["StatusAnswer"] = "Where a file is on its way.",
        ["SummaryAnswer"] = "The summary of a sensor.",
        ["UploadAnswer"] = "One file was accepted.",
        ["UploadsAnswer"] = "Several files were sent, and at least one was accepted.",
        ["ValidationAnswer"] = "What a file would turn out to be.",
    };

    /// <summary>By name, or where a name means different things by shape and name.</summary>
    private static readonly Dictionary<string, string> Members = new(StringComparer.Ordinal)
    {
        ["aggregated_data"] = "The summary of each sensor by its id, sorted by the UTF-8 bytes of the ids.",
        ["attempts"] = "How often processing crashed or failed; after 5 the file fails.",
        ["avg"] = "Mean of the values.",
        ["BucketAnswer count"] = "Readings in the bucket.",
        ["bucket_seconds"] = "Width of every bucket; null where the file has too many sensors for series.",
        ["buckets"] = "Those that are not empty, ascending.",
        ["bytes"] = "Read so far, of `size`.",
        ["checks"] = "Each check by its name.",
        ["code"] = "What happened, for programs.",
        ["column"] = "Name of the column at fault; null when the row as a whole is.",
        ["content_type"] = "As the upload said.",
        ["count"] = "Valid readings of the sensor.",
        ["description"] = "In a sentence.",
        ["detailed_rows"] = "Invalid rows kept in detail: the first 10,000.",
        ["docs"] = "Where the explorer is.",
        ["duplicate"] = "An earlier upload brought the same content; `file_id` is the earlier file's.",
        ["error"] = "Why the file failed; null where it did not.",
        ["errors"] = "The invalid rows, by line.",
        ["ValidationAnswer errors"] = "The first 100 invalid rows, by line.",
        ["errors_by_reason"] = "All invalid rows, counted by reason.",
        ["file_id"] = "A version 7 UUID without dashes.",
        ["ValidationAnswer file_id"] = "Always null: nothing is stored.",
        ["filename"] = "For display only.",
        ["files"] = "The files of this page.",
        ["first"] = "Time of the earliest reading.",
        ["from"] = "Start of the range worth showing; a few outlying timestamps may lie before it.",
        ["header"] = "The header line as uploaded; null before the end, and where there is none that can be used.",
        ["invalid_rows"] = "Rows that are not; null before the end.",
        ["ProgressAnswer invalid_rows"] = "Invalid rows so far.",
        ["last"] = "Time of the latest reading.",
        ["last_value"] = "Value of the latest reading; of equal times that of the later line.",
        ["line"] = "Number of the row's first line in the file, from 1.",
        ["max"] = "Largest value.",
        ["max_invalid"] = "As the upload said.",
        ["message"] = "In a sentence, for a person.",
        ["min"] = "Smallest value.",
        ["name"] = "Name of the service.",
        ["next_cursor"] = "Give it as `cursor` to go on; null at the end.",
        ["openapi"] = "Where this document is.",
        ["p50"] = "Median: nearest rank, within 1 %.",
        ["p95"] = "95th percentile: nearest rank, within 1 %.",
        ["p99"] = "99th percentile: nearest rank, within 1 %.",
        ["processing_time"] = "When the file reached its final status; null before.",
        ["progress"] = "Only while the file is processed.",
        ["raw"] = "The row as it stands in the file, shortened to 256 characters.",
        ["reason"] = "Which check failed; the first that fails counts.",
        ["rows"] = "Rows so far.",
        ["sensor_count"] = "All sensors of the file.",
        ["sensor_id"] = "The sensor.",
        ["sensors"] = "The sensors of this page.",
        ["sha256"] = "Of the bytes as uploaded, in hexadecimal digits.",
        ["size"] = "Bytes as uploaded.",
        ["start"] = "Start of the bucket.",
        ["started_time"] = "When the attempt began that is under way or brought the file to its end; null before.",
        ["status"] = "Where the file is on its way.",
        ["HealthAnswer status"] = "Of all checks together.",
        ["stddev"] = "Sample standard deviation; null for one reading, or where it cannot be represented.",
        ["timezone"] = "As the upload said.",
        ["to"] = "End of the range worth showing, exclusive.",
        ["total_rows"] = "Valid and invalid rows; null before the end.",
        ["upload_time"] = "When the file was accepted.",
        ["valid_rows"] = "Rows that count; null before the end.",
        ["version"] = "Version of the service.",
    };

    public static string? OfTag(string? name) => Tags.GetValueOrDefault(name ?? "");

    public static string? OfSchema(string name) => Schemas.GetValueOrDefault(name);

    public static string? OfMember(string schema, string name) => Members.GetValueOrDefault($"{schema} {name}") ?? Members.GetValueOrDefault(name);
}
