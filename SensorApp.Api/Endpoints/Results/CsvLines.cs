using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>
/// Writes CSV (RFC 4180) line by line. Text cells that a spreadsheet would run as a formula are defused with an apostrophe;
/// numbers are left alone (https://owasp.org/www-community/attacks/CSV_Injection).
/// </summary>
public sealed class CsvLines(PipeWriter output)
{
    private const int FlushBytes = 32 * 1024;

    private readonly StringBuilder _line = new();
    private long _pending;

    /// <summary>Writes one line of text cells and numbers; null is an empty cell.</summary>
    public async ValueTask WriteAsync(CancellationToken cancellationToken, params object?[] cells)
    {
        _line.Clear();

        for (var i = 0; i < cells.Length; i++)
        {
            _line.Append(i == 0 ? "" : ",").Append(Cell(cells[i]));
        }

        _line.Append("\r\n");
        _pending += Encoding.UTF8.GetBytes(_line.ToString(), output);

        if (_pending > FlushBytes)
        {
            await output.FlushAsync(cancellationToken);
            _pending = 0;
        }
    }

    private static string Cell(object? cell) => cell switch
    {
        null => "",
        string text => Quote(Defuse(text)),
        DateTimeOffset time => ApiJson.Format(time),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A cell of type {cell.GetType()} has no text.", nameof(cell)),
    };

    private static string Defuse(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? "'" + text
            : text;

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
