namespace SensorApp.Web.Presentation;

/// <summary>A reason for rejecting rows, in words, and how to repair such rows.</summary>
public sealed record ReasonHint(string Title, string Repair);

/// <summary>The words for every reason code of the API.</summary>
public static class ReasonHints
{
    private static readonly Dictionary<string, ReasonHint> Hints = new(StringComparer.Ordinal)
    {
        ["encoding_invalid"] = new("Not readable as text", "The row holds bytes that are not UTF-8. Save the file again as UTF-8, or remove the damaged characters."),
        ["record_too_long"] = new("Row too long", "The row is longer than 1 MiB. Look for a missing line break, or for a quote that is opened and never closed."),
        ["quote_invalid"] = new("Quotes do not match", "A quoted field must end with a quote right before the separator. Write a quote inside a field twice: \"\"."),
        ["field_count"] = new("Wrong number of fields", "The row has more or fewer fields than the header. A comma as decimal sign (21,5) splits a number in two: write 21.5, or quote the field."),
        ["sensor_id_missing"] = new("No sensor named", "Fill in which sensor the reading came from."),
        ["sensor_id_too_long"] = new("Sensor name too long", "Shorten the sensor name to at most 256 characters."),
        ["sensor_id_control_character"] = new("Control character in the sensor name", "Remove invisible characters such as tabs or line breaks from the sensor name."),
        ["timestamp_missing"] = new("No time given", "Fill in when the reading was taken, for example 2026-03-02T14:05:00Z."),
        ["timestamp_invalid"] = new("Not a date and time", "Write ISO 8601, for example 2026-03-02T14:05:00Z or 2026-03-02 14:05:00+01:00. The day and the time must exist."),
        ["value_missing"] = new("No value", "Fill in the reading, or remove the row if there was none."),
        ["value_not_a_number"] = new("Not a number", "Write digits with a point as decimal sign, for example 21.5, without unit, blanks or thousands separators."),
        ["value_not_finite"] = new("Number out of range", "NaN, infinities and numbers beyond ±1.8e308 cannot be averaged. Correct the reading or remove the row."),
    };

    /// <summary>The words for a code; for one that this version does not know, the code itself.</summary>
    public static ReasonHint For(string code) =>
        Hints.TryGetValue(code, out var hint) ? hint : new(code, "Correct the row and upload the repaired file.");
}
