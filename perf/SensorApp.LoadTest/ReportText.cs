using System.Globalization;
using System.Text;

namespace SensorApp.LoadTest;

/// <summary>The report for a person.</summary>
public static class ReportText
{
    public static string Write(LoadTestReport report)
    {
        var text = new StringBuilder();
        Line(text, $"{report.Files} {report.Size} files of {report.RowsPerFile} rows{(report.Errors ? ", some invalid," : "")} to {report.ApiUrl}, {report.Concurrency} at once");
        text.AppendLine();
        AppendUploads(text, report.Uploads);

        if (report.Processing is { } processing)
        {
            text.AppendLine();
            AppendProcessing(text, processing);
        }

        if (report.NotDeleted is > 0 and var left)
        {
            Line(text, $"deletion    {left} files could not be deleted");
        }

        text.AppendLine();
        Line(text, $"{(report.Succeeded ? "All succeeded." : "Not everything succeeded.")}");
        return text.ToString();
    }

    private static void AppendUploads(StringBuilder text, UploadReport uploads)
    {
        Line(text, $"uploads     {uploads.Succeeded} succeeded, {uploads.Failed} failed, {uploads.Seconds:0.00} s, {uploads.FilesPerSecond:0.0} files/s, {uploads.ClientCpuMicroseconds:0} µs of client CPU each");
        AppendDistribution(text, "response", uploads.ResponseMs);

        foreach (var (failure, count) in uploads.Failures)
        {
            Line(text, $"  failed    {count} x {failure}");
        }
    }

    private static void AppendProcessing(StringBuilder text, ProcessingReport processing)
    {
        var statuses = string.Join(", ", processing.Statuses.Select(status => string.Create(CultureInfo.InvariantCulture, $"{status.Value} {status.Key}")));
        Line(text, $"processing  {statuses}, {processing.Seconds:0.00} s, {processing.FilesPerSecond:0.0} files/s uploaded to processed");
        AppendDistribution(text, "wait", processing.WaitMs);
        Line(text, $"  results   {processing.Completed - processing.Wrong} right, {processing.Wrong} wrong, {processing.Missing} missing");

        foreach (var difference in processing.Differences)
        {
            Line(text, $"  wrong     {difference}");
        }
    }

    private static void AppendDistribution(StringBuilder text, string name, Distribution? times)
    {
        if (times is not null)
        {
            Line(text, $"  {name,-9} min {times.Min:0.0}  avg {times.Avg:0.0}  p50 {times.P50:0.0}  p95 {times.P95:0.0}  p99 {times.P99:0.0}  max {times.Max:0.0} ms");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(FormattableString.Invariant(line));
}
