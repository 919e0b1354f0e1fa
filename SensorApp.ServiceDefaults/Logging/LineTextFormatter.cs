using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>Writes log files as <see cref="LogLine"/>.</summary>
internal sealed class LineTextFormatter : ITextFormatter
{
    // "l" leaves strings without the quotes that Serilog would put around them, as on the console.
    private static readonly MessageTemplateTextFormatter Message = new("{Message:l}", CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var message = new StringWriter(CultureInfo.InvariantCulture);
        Message.Format(logEvent, message);

        LogLine.Write(
            output,
            logEvent.Timestamp,
            LevelConvert.ToExtensionsLevel(logEvent.Level),
            Text(logEvent, FileScope.Property),
            Text(logEvent, Constants.SourceContextPropertyName) ?? "",
            message.ToString(),
            logEvent.Exception);
    }

    private static string? Text(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: { } scalar } ? scalar.ToString() : null;
}
