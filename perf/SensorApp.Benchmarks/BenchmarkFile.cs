using System.Globalization;
using System.Text;

namespace SensorApp.Benchmarks;

internal enum FileKind
{
    /// <summary>1,000 sensors, one reading a minute each, sorted by time.</summary>
    Clean,

    /// <summary>One row in a hundred is invalid, in five ways.</summary>
    Bad,

    /// <summary>All fields quoted.</summary>
    Quoted,

    Crlf,

    /// <summary>A million sensors.</summary>
    Million,

    /// <summary>Timestamps in no order.</summary>
    Unsorted,
}

/// <summary>Generates the files to measure on, the same for every run.</summary>
internal static class BenchmarkFile
{
    private const int FewSensors = 1000;
    private const int ManySensors = 1_000_000;

    public static string Ensure(string folder, FileKind kind, long rows)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{kind}-{rows}.csv").ToLowerInvariant());
        if (File.Exists(path))
            return path;
        Directory.CreateDirectory(folder);
        var unfinished = path + ".unfinished";
        using (var writer = new StreamWriter(unfinished, append: false, new UTF8Encoding(false), 1 << 20))
            Write(writer, kind, rows);
        File.Move(unfinished, path);
        return path;
    }

    private static void Write(StreamWriter writer, FileKind kind, long rows)
    {
        var random = new Random(1);
        var sensors = kind == FileKind.Million ? ManySensors : FewSensors;
        var start = new DateTime(2024, 1, 1);
        writer.NewLine = kind == FileKind.Crlf ? "\r\n" : "\n";
        writer.WriteLine("sensor_id,timestamp,value");
        for (var row = 0L; row < rows; row++)
        {
            var sensor = (int)(row % sensors);
            var minute = kind == FileKind.Unsorted ? random.NextInt64(rows / sensors) : row / sensors;
            var time = start.AddMinutes(minute).AddMilliseconds(random.Next(60_000));
            var value = Math.Round(20 + (sensor % 17) + (8 * Math.Sin(minute / 230.0)) + random.NextDouble(), 2);
            WriteRow(writer, kind, row, sensor, time, value);
        }
    }

    private static void WriteRow(StreamWriter writer, FileKind kind, long row, int sensor, DateTime time, double value)
    {
        Span<char> line = stackalloc char[128];
        var written = 0;
        if (kind == FileKind.Bad && row % 100 == 99)
            line.TryWrite(CultureInfo.InvariantCulture, $"{BadRow(row / 100, sensor, time, value)}", out written);
        else if (kind == FileKind.Quoted)
            line.TryWrite(CultureInfo.InvariantCulture, $"\"sensor-{sensor:D4}\",\"{time:yyyy-MM-ddTHH:mm:ss.fff}Z\",\"{value:F2}\"", out written);
        else
            line.TryWrite(CultureInfo.InvariantCulture, $"sensor-{sensor:D4},{time:yyyy-MM-ddTHH:mm:ss.fff}Z,{value:F2}", out written);
        writer.WriteLine(line[..written]);
    }

    // Only such rows as DuckDB can be told to reject, too.
    private static string BadRow(long number, int sensor, DateTime time, double value) => (number % 5) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"sensor-{sensor:D4},{time:yyyy-MM-ddTHH:mm:ss.fff}Z,N/A"),
        1 => string.Create(CultureInfo.InvariantCulture, $"sensor-{sensor:D4},{time:yyyy-MM-dd}T25:00:00Z,{value:F2}"),
        2 => string.Create(CultureInfo.InvariantCulture, $"sensor-{sensor:D4},{time:yyyy-MM-ddTHH:mm:ss.fff}Z"),
        3 => string.Create(CultureInfo.InvariantCulture, $"sensor-{sensor:D4},{time:yyyy-MM-ddTHH:mm:ss.fff}Z,NaN"),
        _ => string.Create(CultureInfo.InvariantCulture, $",{time:yyyy-MM-ddTHH:mm:ss.fff}Z,{value:F2}"),
    };
}
