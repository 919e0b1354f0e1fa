using SensorApp.Web.Api;

namespace SensorApp.Web.Presentation;

/// <summary>What became of a file, in words.</summary>
public static class Outcome
{
    // The API lists no more rows of a file one by one.
    private const long RowsInDetail = 10_000;

    /// <summary>The status in one word, as people say it.</summary>
    public static string Label(string status) => status switch
    {
        FileStatuses.Pending => "Waiting",
        FileStatuses.Processing => "Processing",
        FileStatuses.Processed => "Processed",
        FileStatuses.Partial => "Partly valid",
        FileStatuses.Failed => "Failed",
        _ => status,
    };

    /// <summary>What happened, in one sentence.</summary>
    /// <param name="sensors">Sensors with results; null when not known.</param>
    public static string Sentence(FileRecord file, long? sensors) => file.Status switch
    {
        FileStatuses.Pending => "The file is stored and waits for its turn.",
        FileStatuses.Processing when file.Progress is { } progress =>
            $"The file is being processed: {Shown.Count(progress.Rows - progress.InvalidRows)} valid, {Shown.Count(progress.InvalidRows)} rejected rows so far.",
        FileStatuses.Processing => "The file is being processed.",
        FileStatuses.Processed when file.TotalRows == 1 => $"The one row is valid{Of(sensors)}.",
        FileStatuses.Processed => $"All {Shown.Count(file.TotalRows ?? 0, "row")} are valid{Of(sensors)}.",
        FileStatuses.Partial =>
            $"{Shown.Count(file.ValidRows)} of {Shown.Count(file.TotalRows ?? 0, "row")} {(file.ValidRows == 1 ? "is" : "are")} valid{Of(sensors)}; {Rejected(file.InvalidRows ?? 0)}.",
        FileStatuses.Failed when file.Error is { Code: "cancelled" } => "The processing of this file was cancelled, so there are no results.",
        FileStatuses.Failed => file.Error?.Message ?? "The file could not be processed.",
        _ => "",
    };

    /// <summary>What was asked for with the upload, in words; null when nothing was.</summary>
    public static string? Options(FileRecord file) => (file.Timezone, file.MaxInvalid) switch
    {
        (null, null) => null,
        ({ } zone, null) => $"Times without a zone are read as {zone}.",
        (null, { } limit) => $"The file fails when more than {Limit(limit)} are rejected.",
        ({ } zone, { } limit) => $"Times without a zone are read as {zone}; the file fails when more than {Limit(limit)} are rejected.",
    };

    private static string Limit(string limit) => limit.EndsWith('%') ? $"{limit[..^1]} % of the rows" : $"{limit} rows";

    private static string Of(long? sensors) => sensors is { } count ? $", from {Shown.Count(count, "sensor")}" : "";

    private static string Rejected(long rows) => rows switch
    {
        1 => "1 row was rejected, with its reason below",
        <= RowsInDetail => $"{Shown.Count(rows)} rows were rejected, each with its reason below",
        _ => $"{Shown.Count(rows)} rows were rejected, counted by reason below",
    };
}
