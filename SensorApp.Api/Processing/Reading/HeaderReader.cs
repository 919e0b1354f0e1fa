using System.Text;
using System.Text.Unicode;

using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.Reading;

/// <summary>Finds the header, the delimiter and the three columns at the start of a file.</summary>
internal static class HeaderReader
{
    private const int QuotedNames = 12;
    private const int QuotedNameLength = 40;

    private static readonly byte[] Delimiters = ",;\t|"u8.ToArray();
    private static readonly string[][] Aliases =
    [
        ["sensor_id", "sensor", "device_id"],
        ["timestamp", "time", "datetime"],
        ["value", "reading", "measurement"],
    ];

    /// <summary>Reads the header, the first line that is not blank; null while the chunk ends before the header does.</summary>
    /// <exception cref="FileFailedException">The file has no header that can be used.</exception>
    public static HeaderLine? Read(ReadOnlySpan<byte> chunk, bool isLast)
    {
        var (start, lines) = SkipBlankLines(chunk);
        if (start == chunk.Length)
            return isLast ? throw new FileFailedException(FileErrorCodes.HeaderMissing, $"The file holds no text; expected a header line with the columns {Expected()}.") : null;

        Candidate? best = null;
        foreach (var delimiter in Delimiters)
        {
            var record = RecordScanner.Next(chunk, start, delimiter, isLast);
            if (record.State == RecordState.Incomplete)
                return null;
            var candidate = Candidate.Of(chunk, record, delimiter);
            if (best is null || candidate.IsBetterThan(best))
                best = candidate;
            // All three between one delimiter: another could only find them again, in a header that names each twice.
            if (best.Recognised == Aliases.Length)
                break;
        }

        RefuseBinary(chunk[best!.Record.Start..best.Record.End]);
        var text = chunk[start..best.Record.Next];
        return new HeaderLine(ToFormat(chunk, best), best.Record.Next, lines + Math.Max(1, text.Count((byte)'\n')));
    }

    private static (int Start, int Lines) SkipBlankLines(ReadOnlySpan<byte> chunk)
    {
        var start = 0;
        for (var lines = 0; ; lines++)
        {
            var length = chunk[start..].IndexOf((byte)'\n');
            var line = length < 0 ? chunk[start..] : chunk.Slice(start, length);
            if (!FieldText.IsBlank(line.TrimEnd((byte)'\r')))
                return (start, lines);
            if (length < 0)
                return (chunk.Length, lines);
            start += length + 1;
        }
    }

    private static void RefuseBinary(ReadOnlySpan<byte> header)
    {
        if (!Utf8.IsValid(header) || header.ContainsAnyInRange<byte>(0x00, 0x08))
            throw new FileFailedException(FileErrorCodes.NotText, "The first line is not text in UTF-8, or in UTF-16 with a byte order mark; expected a CSV file.");
    }

    private static FileFormat ToFormat(ReadOnlySpan<byte> chunk, Candidate best)
    {
        for (var role = 0; role < Aliases.Length; role++)
            if (best.ColumnOf[role] < 0)
                throw Missing(best, role);
        return new FileFormat
        {
            Delimiter = best.Delimiter,
            Header = Encoding.UTF8.GetString(chunk[best.Record.Start..best.Record.End]),
            Columns = best.Names,
            SensorColumn = best.ColumnOf[0],
            TimestampColumn = best.ColumnOf[1],
            ValueColumn = best.ColumnOf[2],
        };
    }

    private static FileFailedException Missing(Candidate header, int role)
    {
        if (header.Recognised == 0 && header.LooksLikeData())
            return new FileFailedException(FileErrorCodes.HeaderMissing, $"The first line is a row ({Found(header.Names)}), not a header; expected a header line with the columns {Expected()}.");
        var strangers = header.Names.Where((_, column) => !header.ColumnOf.Contains(column));
        return new FileFailedException(FileErrorCodes.ColumnMissing, $"A column is missing: found {Found(strangers)}, expected one of {Quoted(Aliases[role])}.");
    }

    private static string Expected() => string.Join(", ", Aliases.Select(aliases => $"`{aliases[0]}`"));

    private static string Found(IEnumerable<string> names)
    {
        var shown = names.Take(QuotedNames).Select(name => name.Length > QuotedNameLength ? name[..QuotedNameLength] + "…" : name).ToList();
        return shown.Count == 0 ? "no other column" : Quoted(shown);
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    /// <summary>The header line as one delimiter would split it.</summary>
    private sealed record Candidate(byte Delimiter, RecordSpan Record, string[] Names, int[] ColumnOf)
    {
        public int Recognised => ColumnOf.Count(column => column >= 0);

        public static Candidate Of(ReadOnlySpan<byte> chunk, RecordSpan record, byte delimiter)
        {
            var names = Split(chunk[record.Start..record.End], delimiter, record.State == RecordState.WellFormed);
            return new Candidate(delimiter, record, names, [.. Aliases.Select(aliases => IndexOfFirst(aliases, names))]);
        }

        public bool IsBetterThan(Candidate other) => (Recognised, Names.Length).CompareTo((other.Recognised, other.Names.Length)) > 0;

        public bool LooksLikeData()
        {
            var timestamps = new TimestampReader(TimeZoneInfo.Utc);
            return Names.Select(Encoding.UTF8.GetBytes).Any(name => DecimalNumber.Read(name, out _) == Fault.None || timestamps.Read(name, out _) == Fault.None);
        }

        private static string[] Split(ReadOnlySpan<byte> line, byte delimiter, bool wellFormed)
        {
            var fields = wellFormed && line.Contains((byte)'"')
                ? QuotedRecords.Split(line, delimiter)
                : Encoding.UTF8.GetString(line).Split((char)delimiter);
            return [.. fields.Select(field => field.Trim(' ', '\t'))];
        }

        private static int IndexOfFirst(string[] aliases, string[] names)
        {
            foreach (var alias in aliases)
            {
                for (var column = 0; column < names.Length; column++)
                    if (names[column].Equals(alias, StringComparison.OrdinalIgnoreCase))
                        return column;
            }

            return -1;
        }
    }
}

/// <summary>The header of a file: what it says, where the rows begin, and how many lines lie before them.</summary>
internal sealed record HeaderLine(FileFormat Format, int Next, int Lines);
