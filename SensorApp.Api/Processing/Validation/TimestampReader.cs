namespace SensorApp.Api.Processing.Validation;

/// <summary>The rule for timestamps: ISO 8601 date and time, <c>yyyy-MM-dd(T| )HH:mm[:ss[.f{1,9}]][Z|±hh:mm|±hhmm]</c>.</summary>
/// <param name="zone">Zone of timestamps that carry no offset. Of a time that the end of summer time repeats the second one is meant; one that its start skips does not exist.</param>
internal sealed class TimestampReader(TimeZoneInfo zone)
{
    private const int DateLength = 10;
    private const int ShortestLength = 16;
    private const int MaxFractionDigits = 9;
    private const int MaxOffsetMinutes = 14 * 60;

    private readonly bool _utc = zone.HasSameRules(TimeZoneInfo.Utc) && zone.BaseUtcOffset == TimeSpan.Zero;

    /// <summary>Reads a field, already trimmed, to ticks of 100 ns since 0001-01-01 UTC; finer digits are cut off.</summary>
    public Fault Read(ReadOnlySpan<byte> text, out long utcTicks)
    {
        utcTicks = 0;
        if (text.IsEmpty)
            return Fault.TimestampMissing;
        return TryRead(text, out utcTicks) ? Fault.None : Fault.TimestampInvalid;
    }

    private bool TryRead(ReadOnlySpan<byte> text, out long utcTicks)
    {
        utcTicks = 0;
        if (text.Length < ShortestLength || text[DateLength] is not ((byte)'T' or (byte)' ') || text[13] != ':')
            return false;
        if (!TryReadDate(text[..DateLength], out var ticks) || !TryTwoDigits(text[11..], 23, out var hour) || !TryTwoDigits(text[14..], 59, out var minute))
            return false;

        var rest = text[ShortestLength..];
        if (!TryReadSeconds(ref rest, out var secondTicks))
            return false;
        ticks += (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + secondTicks;
        return rest.IsEmpty ? TryFromZone(ticks, out utcTicks) : TryFromOffset(ticks, rest, out utcTicks);
    }

    /// <summary>Whether a timestamp without an offset is in UTC.</summary>
    public bool NoOffsetIsUtc => _utc;

    /// <summary>Reads <c>yyyy-MM-dd</c> to the ticks of its midnight.</summary>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text[4] != '-' || text[7] != '-' || !TryTwoDigits(text, 99, out var century) || !TryTwoDigits(text[2..], 99, out var yearOfCentury))
            return false;
        var year = (century * 100) + yearOfCentury;
        if (year == 0 || !TryTwoDigits(text[5..], 12, out var month) || month == 0)
            return false;
        if (!TryTwoDigits(text[8..], DateTime.DaysInMonth(year, month), out var day) || day == 0)
            return false;
        ticks = new DateTime(year, month, day).Ticks;
        return true;
    }

    private static bool TryReadSeconds(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || rest[0] != ':')
            return true;
        if (rest.Length < 3 || !TryTwoDigits(rest[1..], 59, out var second))
            return false;
        ticks = second * TimeSpan.TicksPerSecond;
        rest = rest[3..];
        return rest.IsEmpty || rest[0] != '.' || TryReadFraction(ref rest, ref ticks);
    }

    private static bool TryReadFraction(ref ReadOnlySpan<byte> rest, ref long ticks)
    {
        var digits = 1;
        for (var unit = TimeSpan.TicksPerSecond / 10; digits < rest.Length && char.IsAsciiDigit((char)rest[digits]); digits++, unit /= 10)
            ticks += (rest[digits] - '0') * unit;
        var count = digits - 1;
        rest = rest[digits..];
        return count is > 0 and <= MaxFractionDigits;
    }

    private static bool TryFromOffset(long localTicks, ReadOnlySpan<byte> offset, out long utcTicks)
    {
        utcTicks = localTicks;
        if (offset is [(byte)'Z'])
            return true;
        if (offset.Length is not (5 or 6) || offset[0] is not ((byte)'+' or (byte)'-') || (offset.Length == 6 && offset[3] != ':'))
            return false;
        if (!TryTwoDigits(offset[1..], 14, out var hours) || !TryTwoDigits(offset[^2..], 59, out var minutes))
            return false;

        var total = (hours * 60) + minutes;
        utcTicks = localTicks - ((offset[0] == '-' ? -total : total) * TimeSpan.TicksPerMinute);
        return total <= MaxOffsetMinutes && Exists(utcTicks);
    }

    private bool TryFromZone(long localTicks, out long utcTicks)
    {
        utcTicks = localTicks;
        if (_utc)
            return true;
        var (before, after) = (OffsetAt(localTicks - TimeSpan.TicksPerDay), OffsetAt(localTicks + TimeSpan.TicksPerDay));
        if (before == after)
            utcTicks = localTicks - before;
        else if (!TryNearChange(localTicks, before, after, out utcTicks))
            return false;
        return Exists(utcTicks);
    }

    /// <summary>Near a change of the offset: the smaller one belongs to the later moment, and where neither is in force the time is skipped.</summary>
    /// <remarks>TimeZoneInfo's answers about moments are right; those about local times are not where winter is the exception (Ireland) or a zone moved (Moscow, Samoa).</remarks>
    private bool TryNearChange(long localTicks, long before, long after, out long utcTicks)
    {
        var smaller = Math.Min(before, after);
        utcTicks = localTicks - smaller;
        if (OffsetAt(utcTicks) == smaller)
            return true;
        var larger = Math.Max(before, after);
        utcTicks = localTicks - larger;
        return OffsetAt(utcTicks) == larger;
    }

    private long OffsetAt(long utcTicks) =>
        zone.GetUtcOffset(new DateTime(Math.Clamp(utcTicks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc)).Ticks;

    private static bool Exists(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;

    private static bool TryTwoDigits(ReadOnlySpan<byte> text, int max, out int number)
    {
        number = 0;
        if (text.Length < 2 || !char.IsAsciiDigit((char)text[0]) || !char.IsAsciiDigit((char)text[1]))
            return false;
        number = ((text[0] - '0') * 10) + text[1] - '0';
        return number <= max;
    }
}
