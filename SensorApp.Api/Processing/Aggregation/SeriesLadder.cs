using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Bucket widths, each a whole multiple of the one before, so that coarser buckets are exact unions of finer ones.</summary>
internal static class SeriesLadder
{
    /// <summary>In ticks, ascending. Weeks above a day: a year of 365 days has no parts but 5 and 73 days, and neither is a part of the other.</summary>
    public static readonly long[] Widths =
    [
        Seconds(1), Seconds(5), Seconds(15),
        Minutes(1), Minutes(5), Minutes(15),
        Hours(1), Hours(3), Hours(12),
        Days(1), Weeks(1), Weeks(4), Weeks(52),
    ];

    /// <summary>Start of the bucket that a time falls into. All widths are whole seconds, and whole seconds divide exactly enough in floating point, several times faster than as integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Start(long ticks, long width)
    {
        var seconds = (double)(ticks / TimeSpan.TicksPerSecond);
        var widths = (long)(seconds / (width / TimeSpan.TicksPerSecond));
        return widths * width;
    }

    private static long Seconds(int seconds) => seconds * TimeSpan.TicksPerSecond;

    private static long Minutes(int minutes) => minutes * TimeSpan.TicksPerMinute;

    private static long Hours(int hours) => hours * TimeSpan.TicksPerHour;

    private static long Days(int days) => days * TimeSpan.TicksPerDay;

    private static long Weeks(int weeks) => Days(7 * weeks);
}
