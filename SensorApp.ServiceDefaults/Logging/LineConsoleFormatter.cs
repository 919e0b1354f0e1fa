using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>Writes the console as <see cref="LogLine"/>.</summary>
internal sealed class LineConsoleFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "sensorapp";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = entry.Formatter(entry.State, entry.Exception);
        var fileId = FileIdIn(entry.State) ?? FileIdIn(scopeProvider);
        LogLine.Write(textWriter, time.GetUtcNow(), entry.LogLevel, fileId, entry.Category, message, entry.Exception);
    }

    private static string? FileIdIn(IExternalScopeProvider? scopes)
    {
        var found = new FoundFileId();
        scopes?.ForEachScope(static (scope, found) => found.Value = FileIdIn(scope) ?? found.Value, found);
        return found.Value;
    }

    private static string? FileIdIn(object? properties)
    {
        if (properties is not IReadOnlyList<KeyValuePair<string, object?>> pairs)
        {
            return null;
        }

        for (var index = 0; index < pairs.Count; index++)
        {
            if (pairs[index] is { Key: FileScope.Property, Value: { } fileId })
            {
                return fileId.ToString();
            }
        }

        return null;
    }

    private sealed class FoundFileId
    {
        public string? Value { get; set; }
    }
}
