using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SensorApp.Tests.Processing;

/// <summary>The row contract written down a second time, a character at a time and as plainly as possible. Knows UTF-8 text with a header of sensor_id, timestamp and value in any order.</summary>
internal sealed partial class NaiveReader
{
    private const int LongestRecord = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _text;
    private readonly char _delimiter;
    private string[] _columns = [];

    private NaiveReader(byte[] file, char delimiter) => (_text, _delimiter) = (Encoding.Latin1.GetString(file), delimiter);

    public sealed record Reading(int Line, string Sensor, long Ticks, double Value);

    public List<Reading> Readings { get; } = [];

    public List<(long Line, string Reason)> Rejected { get; } = [];

    public static NaiveReader Read(byte[] file, char delimiter)
    {
        var reader = new NaiveReader(file, delimiter);
        reader.ReadAll();
        return reader;
    }

    private void ReadAll()
    {
        var line = 1;
        for (var at = 0; at < _text.Length;)
        {
            var (fields, reason, end) = ReadRecord(at);
            var next = end < _text.Length ? end + 1 : end;
            var raw = _text[at..end];
            raw = raw.EndsWith('\r') ? raw[..^1] : raw;
            if (raw.Trim(' ', '\t').Length > 0)
                Take(line, raw, fields, reason);
            line += _text[at..next].Count(c => c == '\n');
            at = next;
        }
    }

    private void Take(int line, string raw, List<string> fields, string? reason)
    {
        if (_columns.Length == 0)
        {
            _columns = [.. fields.Select(field => field.Trim(' ', '\t').ToLowerInvariant())];
            return;
        }

        reason = Utf8(raw) is null ? "encoding_invalid" : raw.Length > LongestRecord ? "record_too_long" : reason;
        reason ??= fields.Count == _columns.Length ? Judge(line, fields) : "field_count";
        if (reason is not null)
            Rejected.Add((line, reason));
    }

    /// <summary>Fields, what is wrong with the quotes, and the position of the line feed (or the end) behind the record.</summary>
    private (List<string> Fields, string? Reason, int End) ReadRecord(int start)
    {
        var fields = new List<string>();
        for (var at = start; ;)
        {
            var field = new StringBuilder();
            if (At(at) == '"')
            {
                var opening = at++;
                while (at < _text.Length && (At(at) != '"' || At(at + 1) == '"'))
                {
                    at += At(at) == '"' ? 1 : 0;
                    field.Append(_text[at++]);
                }

                at++;
                if (At(at) == '\r' && At(at + 1) is '\n' or '\0')
                    at++;
                if (at > _text.Length || !(At(at) == _delimiter || At(at) is '\n' or '\0'))
                    return ([], "quote_invalid", LineEnd(opening));
            }
            else
            {
                while (at < _text.Length && At(at) != _delimiter && At(at) != '\n')
                    field.Append(_text[at++]);
                if (at >= _text.Length || At(at) == '\n')
                    field = field.Length > 0 && field[^1] == '\r' ? field.Remove(field.Length - 1, 1) : field;
            }

            fields.Add(field.ToString());
            if (at >= _text.Length || At(at) == '\n')
                return (fields, null, Math.Min(at, _text.Length));
            at++;
        }
    }

    private string? Judge(int line, List<string> fields)
    {
        var sensor = Field(fields, "sensor_id");
        var timestamp = Field(fields, "timestamp");
        var value = Field(fields, "value");
        if (sensor.Length == 0)
            return "sensor_id_missing";
        if (sensor.EnumerateRunes().Count() > 256)
            return "sensor_id_too_long";
        if (sensor.Any(char.IsControl))
            return "sensor_id_control_character";
        if (timestamp.Length == 0)
            return "timestamp_missing";
        if (Ticks(timestamp) is not { } ticks)
            return "timestamp_invalid";
        if (value.Length == 0)
            return "value_missing";
        if (NonFinite().IsMatch(value))
            return "value_not_finite";
        if (!Number().IsMatch(value))
            return "value_not_a_number";
        var number = double.Parse(value, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
            return "value_not_finite";
        Readings.Add(new Reading(line, sensor, ticks, number));
        return null;
    }

    private string Field(List<string> fields, string column) => Utf8(fields[Array.IndexOf(_columns, column)].Trim(' ', '\t'))!;

    private static string? Utf8(string latin1)
    {
        try
        {
            return Strict.GetString(Encoding.Latin1.GetBytes(latin1));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static long? Ticks(string text)
    {
        var match = Timestamp().Match(text);
        if (!match.Success)
            return null;
        var local = $"{match.Groups["date"].Value} {match.Groups["time"].Value}:{(match.Groups["seconds"].Success ? match.Groups["seconds"].Value : "00")}";
        if (!DateTime.TryParseExact(local, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return null;
        var ticks = time.Ticks + long.Parse(match.Groups["fraction"].Value.PadRight(7, '0')[..7], CultureInfo.InvariantCulture);
        if (match.Groups["sign"].Success)
        {
            var minutes = (int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture) * 60) + int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture);
            if (minutes > 14 * 60 || int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture) > 59)
                return null;
            ticks -= (match.Groups["sign"].Value == "-" ? -minutes : minutes) * TimeSpan.TicksPerMinute;
        }

        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? ticks : null;
    }

    private char At(int index) => index < _text.Length ? _text[index] : '\0';

    private int LineEnd(int from) => _text.IndexOf('\n', from) is >= 0 and var found ? found : _text.Length;

    [GeneratedRegex(@"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[+-]?(nan|inf|infinity)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NonFinite();

    [GeneratedRegex(@"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?<time>[0-9]{2}:[0-9]{2})(:(?<seconds>[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?)?(Z|(?<sign>[+-])(?<hours>[0-9]{2}):?(?<minutes>[0-9]{2}))?\z")]
    private static partial Regex Timestamp();
}
