using System.Globalization;
using Microsoft.Extensions.Logging;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>The form of a line on the console and in the log files: time in UTC, level, file id if the line is about a file, category, message.</summary>
internal static class LogLine
{
    public static void Write(
        TextWriter output, DateTimeOffset time, LogLevel level, string? fileId, string category, string message, Exception? exception)
    {
        output.Write(time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z '", CultureInfo.InvariantCulture));
        output.Write(ShortName(level));
        output.Write(' ');

        if (fileId is not null)
        {
            output.Write("[");
            output.Write(fileId);
            output.Write("] ");
        }

        output.Write(category);
        output.Write(": ");
        output.Write(OnOneLine(message));
        output.Write('\n');

        if (exception is not null)
        {
            output.Write(exception.ToString());
            output.Write('\n');
        }
    }

    private static string ShortName(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRC",
        LogLevel.Debug => "DBG",
        LogLevel.Information => "INF",
        LogLevel.Warning => "WRN",
        LogLevel.Error => "ERR",
        _ => "CRT",
    };

    /// <summary>A line break in a message (a file name may hold one) must not pass for a line of its own.</summary>
    private static string OnOneLine(string message) =>
        message.AsSpan().ContainsAny('\r', '\n') ? message.ReplaceLineEndings(" ⏎ ") : message;
}
