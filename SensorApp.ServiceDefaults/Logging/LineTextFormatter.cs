using Serilog.Events;
using Serilog.Formatting;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>Writes a <see cref="LogLine"/> as it is.</summary>
internal sealed class LineTextFormatter : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output) => output.Write(LogLine.In(logEvent));
}
