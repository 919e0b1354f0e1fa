using System.Globalization;

namespace SensorApp.Web.Presentation;

/// <summary>Round points in UTC along a stretch of time, with labels of which no two are the same.</summary>
public sealed class TimeScale(DateTimeOffset from, DateTimeOffset to)
{
    private const int MostTicks = 7;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly TimeSpan[] Steps =
    [
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(hours => TimeSpan.FromHours(hours)),
        .. new[] { 1, 2, 7, 14 }.Select(days => TimeSpan.FromDays(days)),
    ];

    private static readonly int[] MonthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 24_000];

    private readonly DateTime first = from.UtcDateTime;
    private readonly DateTime last = to.UtcDateTime;

    /// <summary>In rising order; at most <see cref="MostTicks"/> and one.</summary>
    public IReadOnlyList<(DateTimeOffset Time, string Label)> Ticks()
    {
        var span = last - first;
        var step = Array.Find(Steps, candidate => span <= candidate * MostTicks);
        return step > TimeSpan.Zero ? [.. Even(step)] : [.. Months(MonthSteps.First(months => span <= Day * 30 * months * MostTicks))];
    }

    private IEnumerable<(DateTimeOffset Time, string Label)> Even(TimeSpan step)
    {
        // .NET counts from a Monday at midnight, so weeks begin on Mondays.
        var isDated = false;

        for (var ticks = (first.Ticks + step.Ticks - 1) / step.Ticks * step.Ticks; ticks <= last.Ticks; ticks += step.Ticks)
        {
            var tick = new DateTime(ticks, DateTimeKind.Utc);
            yield return (tick, Label(tick, step, isDated));
            isDated = true;
        }
    }

    /// <summary>The first label and every midnight name the day, so that each time of day belongs to one.</summary>
    private static string Label(DateTime tick, TimeSpan step, bool isDated)
    {
        var time = step < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : "HH:mm";
        var format = step >= Day || (tick.TimeOfDay == TimeSpan.Zero && isDated) ? "MMM d" : isDated ? time : "MMM d " + time;
        return tick.ToString(format, CultureInfo.InvariantCulture);
    }

    private IEnumerable<(DateTimeOffset Time, string Label)> Months(int step)
    {
        for (var month = ((first.Year * 12) + first.Month - 1) / step * step; month / 12 <= DateTime.MaxValue.Year; month += step)
        {
            // Years are counted from 1; the round month before the first may lie in the year 0.
            var tick = month < 12 ? DateTime.MinValue : new DateTime(month / 12, (month % 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc);

            if (tick > last)
            {
                yield break;
            }

            if (tick >= first && month >= 12)
            {
                yield return (tick, tick.ToString(step % 12 == 0 ? "yyyy" : "MMM yyyy", CultureInfo.InvariantCulture));
            }
        }
    }
}
