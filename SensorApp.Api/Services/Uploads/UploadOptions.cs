using System.Globalization;
using SensorApp.Api.Processing;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Uploads;

/// <summary>What an uploader can say about files, as text from a form field or the query.</summary>
/// <param name="TimeZone">IANA name of the zone of timestamps without offset; null: UTC.</param>
/// <param name="MaxInvalid">Rows or a percentage, as in <c>100</c> or <c>5%</c>; null: no limit.</param>
public sealed record UploadOptions(string? TimeZone = null, string? MaxInvalid = null)
{
    /// <summary>Checks that both can be used.</summary>
    /// <exception cref="UploadRefusedException">One cannot.</exception>
    public ReadingOptions ToReadingOptions() => new(ZoneOf(TimeZone), LimitOf(MaxInvalid));

    /// <summary>The options recorded with a file.</summary>
    public static ReadingOptions ReadingOptionsOf(FileRecord file) => new UploadOptions(file.TimeZone, file.MaxInvalid).ToReadingOptions();

    private static TimeZoneInfo ZoneOf(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return TimeZoneInfo.Utc;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new UploadRefusedException(UploadRefusals.OptionInvalid, $"Found timezone '{name}', expected an IANA name such as 'Europe/Berlin'.");
    }

    private static InvalidRowLimit? LimitOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text.EndsWith('%')
            && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent <= 100)
        {
            return new InvalidRowLimit(Rows: null, percent);
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            ? new InvalidRowLimit(rows, Percent: null)
            : throw new UploadRefusedException(UploadRefusals.OptionInvalid, $"Found max_invalid '{text}', expected a number of rows such as '100' or a percentage such as '5%'.");
    }
}
