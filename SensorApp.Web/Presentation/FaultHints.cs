using SensorApp.Web.Api;

namespace SensorApp.Web.Presentation;

/// <summary>What a person can do about a file that failed as a whole.</summary>
public static class FaultHints
{
    private static readonly Dictionary<string, string> Hints = new(StringComparer.Ordinal)
    {
        ["no_rows"] = "There is a header but nothing below it. Check that the export ran to its end.",
        ["no_valid_rows"] = "One cause often spoils every row: a decimal comma, another way to write the date, a unit behind the number. The reasons below tell which.",
        ["header_missing"] = "Add a first line that names the columns, then upload the file again.",
        ["column_missing"] = "Rename a column in the first line of the file to one of the accepted names, then upload it again. Other columns are ignored.",
        ["not_text"] = "Export the data as CSV in UTF-8. A spreadsheet file such as .xlsx has to be saved as CSV first.",
        ["gzip_corrupt"] = "The compressed file is damaged or cut off. Compress it again, or upload it uncompressed.",
        ["too_many_sensors"] = "Check that the sensor column really names sensors and does not number the rows. Otherwise split the file.",
        ["max_invalid_exceeded"] = "This limit was set with the upload. Repair the rows below, or upload the file again with a higher limit.",
        ["cancelled"] = "The file is still stored: “Process again” starts over.",
        ["attempts_exhausted"] = "“Process again” gives it new attempts. If it fails again, the log of the service names the file and the cause.",
    };

    private static readonly HashSet<string> HeaderFaults = new(StringComparer.Ordinal) { "header_missing", "column_missing" };

    /// <summary>Null where there is nothing to do, or nothing known.</summary>
    public static string? For(FileFault? fault) => fault is null ? null : Hints.GetValueOrDefault(fault.Code);

    /// <summary>True when the list of accepted column names helps.</summary>
    public static bool IsAboutHeader(FileFault? fault) => fault is not null && HeaderFaults.Contains(fault.Code);
}
