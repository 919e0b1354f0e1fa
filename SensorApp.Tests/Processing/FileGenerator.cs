using System.Text;

namespace SensorApp.Tests.Processing;

/// <summary>What a generated file's quotes are like.</summary>
public enum QuoteStyle
{
    None,

    /// <summary>Around whole fields, and nowhere else.</summary>
    Plain,

    /// <summary>Everything that people and programs do with quotes, right or wrong.</summary>
    Any,
}

/// <summary>Makes small files with everything in them that files go wrong with, the same ones for the same seed.</summary>
internal sealed class FileGenerator(int seed, QuoteStyle quotes)
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];
    private static readonly string[] Sensors = ["a", "b2", "sensor-3", "a-rather-long-sensor-id", "größe", "温度計", "s p a c e", "12345678", "1234567890123456", "12345678901234567"];
    private static readonly string[] OddSensors = ["", " ", "x\u0001y", "\u0085", "\r", "#comment", "sep=;"];
    private static readonly string[] OddTimestamps =
    [
        "", "2024-02-30T00:00:00Z", "2024-02-29T24:00:00Z", "2024-02-29T23:59:60Z", "2024-02-29T12:00", "2024-02-29 12:00:00+0530", "2024-02-29T12:00:00-14:00",
        "2024-02-29T12:00:00+14:01", "2024-02-29T12:00:00.123456789Z", "2024-02-29T12:00:00.1234567890Z", "0001-01-01T00:00:00+01:00", "29.02.2024 12:00", "1709208000",
        "2024-02-29t12:00:00Z", "2024-02-29T12:00:00z", "2024-02-29T12:00:00.", "2024-02-29T12:00:00,5Z", "2024-2-9T12:00:00Z", "2023-02-29T00:00:00Z", "2024-02-29T12:0a:00Z",
    ];
    private static readonly string[] OddValues =
    [
        "", "NaN", "-Infinity", "1e400", "1e-400", "0x10", "1.2.3", "--1", "+5", ".5", "5.", ".", "-", "1e5", "1E+5", "1e", "12 34", "1_000", "٣", "∞", "-.25", "-0",
        "123456789012345678", "0.1234567890123456789", "12345678.12345678", "1234567.8", "99999999", "999999999", "1.7976931348623157e308", "5e-324",
    ];

    private readonly Random _random = new(seed);

    public char Delimiter { get; private set; } = ',';

    public byte[] Next()
    {
        Delimiter = Pick(Delimiters);
        var columns = Shuffle(["sensor_id", "timestamp", "value", .. _random.Next(3) == 0 ? ["note"] : Array.Empty<string>()]);
        var file = new MemoryStream();
        Write(file, string.Join(Delimiter, columns));
        Write(file, LineBreak());
        for (var rows = _random.Next(1, 12); rows > 0; rows--)
            WriteRow(file, columns);
        return file.ToArray();
    }

    private void WriteRow(MemoryStream file, string[] columns)
    {
        if (_random.Next(12) == 0)
            Write(file, Pick(["", " ", "\t", " \t "]) + LineBreak());
        var fields = columns.Select(Field).ToList();
        if (_random.Next(15) == 0)
            fields.RemoveAt(_random.Next(fields.Count));
        if (_random.Next(15) == 0)
            fields.Add("5");
        Write(file, string.Join(Delimiter, fields.Select(Quote)));
        if (_random.Next(25) == 0)
            file.WriteByte((byte)_random.Next(0x80, 0x100));
        if (_random.Next(10) != 0)
            Write(file, LineBreak());
        else if (_random.Next(2) == 0)
            Write(file, "\r\r\n");
        else
            Write(file, "\n");
    }

    private string Field(string column) => column switch
    {
        "sensor_id" => _random.Next(10) == 0 ? Pick(OddSensors) : Pad(Pick(Sensors)),
        "timestamp" => _random.Next(6) == 0 ? Pick(OddTimestamps) : Pad(Timestamp()),
        "value" => _random.Next(4) == 0 ? Pick(OddValues) : Pad(Value()),
        _ => Pick(["", "note", "ärger", new string('x', 70)]),
    };

    private string Timestamp()
    {
        var time = new DateTime(2024, 2, 28).AddMilliseconds(_random.Next(200_000_000));
        return time.ToString(Pick(["yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fffZ", "yyyy-MM-ddTHH:mm:ss.fff", "yyyy-MM-ddTHH:mm:ss.fffffffZ", "yyyy-MM-ddTHH:mm"]), null);
    }

    private string Value() => (_random.Next(-100_000, 100_000) / 1000m).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Pad(string text) => _random.Next(12) == 0 ? Pick([" ", "\t", "  "]) + text + Pick([" ", "\t", ""]) : text;

    private string Quote(string field)
    {
        if (quotes == QuoteStyle.None)
            return field;
        if (quotes == QuoteStyle.Plain)
            return _random.Next(3) switch { 0 => field, 1 => $"\"{field}\"", _ => $"\"{field}{(_random.Next(12) == 0 ? $"{Delimiter}" : "")}\"" };
        return _random.Next(14) switch
        {
            0 => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
            1 => $"\"{field}\n{field}\"",
            2 => $"\"{field}\"\"\"",
            3 when _random.Next(3) == 0 => $"\"{field}",
            4 when _random.Next(3) == 0 => $"{field}\"",
            5 when _random.Next(3) == 0 => $"\"{field}\"x",
            6 when _random.Next(3) == 0 => $"x\"{field}\"",
            7 => $"\"{field}\r\n\"",
            _ => field,
        };
    }

    private string LineBreak() => _random.Next(2) == 0 ? "\n" : "\r\n";

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];

    private string[] Shuffle(string[] items)
    {
        _random.Shuffle(items);
        return items;
    }

    private static void Write(MemoryStream file, string text) => file.Write(Encoding.UTF8.GetBytes(text));
}
