using System.Globalization;

namespace SensorApp.Web.Presentation;

/// <summary>Numbers, sizes and spans of time as a person reads them, the same in every culture.</summary>
public static class Shown
{
    private static readonly string[] SizeUnits = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>A count with thousands separators; a dash where it is not known yet.</summary>
    public static string Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A count and its noun: <c>1 row</c>, <c>2 rows</c>.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>Bytes in the largest unit that leaves at least 1, in steps of 1,024.</summary>
    public static string Size(long? bytes)
    {
        if (bytes is not { } size)
        {
            return "–";
        }

        var unit = 0;
        var amount = (double)size;

        while (amount >= 1024 && unit < SizeUnits.Length - 1)
        {
            amount /= 1024;
            unit++;
        }

        var format = unit == 0 || amount >= 100 ? "0" : "0.0";
        return $"{amount.ToString(format, CultureInfo.InvariantCulture)} {SizeUnits[unit]}";
    }

    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "–",
        { TotalSeconds: < 0.1 } => "< 0.1 s",
        { TotalSeconds: < 10 } moment => string.Create(CultureInfo.InvariantCulture, $"{moment.TotalSeconds:0.0} s"),
        { TotalMinutes: < 1 } seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:0} s"),
        { TotalHours: < 1 } minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes.Minutes} min {minutes.Seconds} s"),
        { } hours => string.Create(CultureInfo.InvariantCulture, $"{(long)hours.TotalHours} h {hours.Minutes} min"),
    };

    /// <summary>A share of a whole in percent; something is never shown as 0 %, nor something missing as 100 %.</summary>
    public static string Percent(long part, long whole)
    {
        var percent = whole == 0 ? 0 : 100.0 * part / whole;
        var text = percent switch
        {
            > 0 and < 0.1 => "under 0.1",
            > 99.9 and < 100 => "over 99.9",
            > 99 and < 100 => "99",
            >= 10 => percent.ToString("0", CultureInfo.InvariantCulture),
            _ => percent.ToString("0.#", CultureInfo.InvariantCulture),
        };
        return text + " %";
    }

    /// <summary>Digits with a minus sign in front: a hyphen is too short beside them.</summary>
    public static string Signed(string digits) => digits.StartsWith('-') ? "−" + digits[1..] : digits;

    /// <summary>A number with all its digits, as a tooltip.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>Without seconds, for tables.</summary>
    public static string BriefUtc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>For <c>datetime</c> attributes.</summary>
    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
