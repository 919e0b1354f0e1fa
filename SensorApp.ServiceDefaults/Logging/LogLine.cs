using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Serilog.Events;
using Serilog.Parsing;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>The form of a line on the console and in the log files: time in UTC, level, file id if the line is about a file, category, message.</summary>
internal static class LogLine
{
    private const string Property = "Lines";
    private const int UsualLength = 512;

    private static readonly MessageTemplate Template = new([new PropertyToken(Property, $"{{{Property}}}")]);

    /// <summary>The line, with its end; an exception follows on lines of its own.</summary>
    public static string Of(DateTimeOffset time, LogLevel level, string? fileId, string category, string message, Exception? exception) =>
        Compose([], time, level, fileId, category, message, exception).ToStringAndClear();

    /// <summary>Leaves the line to be written, without making an object of it.</summary>
    public static void AddTo(LineQueue lines, DateTimeOffset time, LogLevel level, string? fileId, string category, string message, Exception? exception)
    {
        var line = Compose(stackalloc char[UsualLength], time, level, fileId, category, message, exception);
        lines.Add(line.Text);
        line.Clear();
    }

    /// <summary>Some lines as Serilog takes them: as one event, which it writes at once.</summary>
    public static LogEvent ToEvent(string lines) =>
        new(DateTimeOffset.MinValue, LogEventLevel.Information, exception: null, Template, [new LogEventProperty(Property, new ScalarValue(lines))]);

    /// <summary>The lines of an event that was made here.</summary>
    public static string In(LogEvent logEvent) => (string)((ScalarValue)logEvent.Properties[Property]).Value!; // ToEvent puts a string there

    private static DefaultInterpolatedStringHandler Compose(
        Span<char> room, DateTimeOffset time, LogLevel level, string? fileId, string category, string message, Exception? exception)
    {
        var line = new DefaultInterpolatedStringHandler(literalLength: 0, formattedCount: 0, CultureInfo.InvariantCulture, room);
        line.AppendFormatted(time.UtcDateTime, "yyyy-MM-dd HH:mm:ss.fff");
        line.AppendLiteral("Z ");
        line.AppendLiteral(ShortName(level));
        line.AppendLiteral(" ");

        if (fileId is not null)
        {
            line.AppendLiteral("[");
            line.AppendLiteral(fileId);
            line.AppendLiteral("] ");
        }

        line.AppendLiteral(category);
        line.AppendLiteral(": ");
        // Nothing holds a formatter, or an exception, to its promise of some text.
        line.AppendFormatted(OnOneLine(message));
        line.AppendLiteral("\n");

        if (exception is not null)
        {
            line.AppendFormatted(exception.ToString());
            line.AppendLiteral("\n");
        }

        return line;
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
