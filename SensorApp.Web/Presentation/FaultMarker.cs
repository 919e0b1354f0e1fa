using SensorApp.Web.Api;

namespace SensorApp.Web.Presentation;

/// <summary>A rejected row in three parts, of which the middle one is at fault; all joined are the row.</summary>
public sealed record MarkedRow(string Before, string Fault, string After);

/// <summary>Finds the field at fault in the raw text of rejected rows.</summary>
/// <param name="header">The file's header line; without it whole rows are marked.</param>
public sealed class FaultMarker(string? header)
{
    private const char Quote = '"';

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private readonly char delimiter = header is null ? ',' : Delimiters.MaxBy(candidate => header.AsSpan().Count(candidate));

    /// <summary>Marks the field of the row's column; the whole row where no column is at fault or the field is not there.</summary>
    public MarkedRow Mark(RejectedRow row)
    {
        var index = row.Column is null ? -1 : IndexOf(row.Column);
        return index >= 0 && Find(row.Raw, index) is { } field
            ? new(row.Raw[..field.Start], row.Raw[field.Start..field.End], row.Raw[field.End..])
            : new("", row.Raw, "");
    }

    private int IndexOf(string column) =>
        header is null ? -1 : Array.FindIndex(header.Split(delimiter), name => name.Trim(' ', '\t', Quote).Equals(column.Trim(), StringComparison.OrdinalIgnoreCase));

    private (int Start, int End)? Find(string raw, int wanted)
    {
        var start = 0;

        for (var index = 0; ; index++)
        {
            var end = EndOfField(raw, start);

            if (index == wanted)
            {
                return (start, end);
            }

            if (end >= raw.Length)
            {
                return null;
            }

            start = end + 1;
        }
    }

    /// <summary>Delimiters between quotes belong to the field; a quote counts only where a field begins with it.</summary>
    private int EndOfField(string raw, int start)
    {
        var isQuoted = start < raw.Length && raw[start] == Quote;
        var closed = !isQuoted;

        for (var at = isQuoted ? start + 1 : start; at < raw.Length; at++)
        {
            if (raw[at] == Quote && isQuoted)
            {
                closed = !closed;
            }
            else if (raw[at] == delimiter && closed)
            {
                return at;
            }
        }

        return raw.Length;
    }
}
