using Microsoft.Extensions.Logging;

namespace SensorApp.ServiceDefaults.Settings;

/// <summary>Log level names: .NET's and Python's.</summary>
internal static class LogLevelNames
{
    public static bool TryParse(string text, out LogLevel level)
    {
        (var known, level) = text.ToUpperInvariant() switch
        {
            "TRACE" or "NOTSET" => (true, LogLevel.Trace),
            "DEBUG" => (true, LogLevel.Debug),
            "INFO" or "INFORMATION" => (true, LogLevel.Information),
            "WARN" or "WARNING" => (true, LogLevel.Warning),
            "ERROR" => (true, LogLevel.Error),
            "CRITICAL" or "FATAL" => (true, LogLevel.Critical),
            "NONE" => (true, LogLevel.None),
            _ => (false, default),
        };
        return known;
    }
}
