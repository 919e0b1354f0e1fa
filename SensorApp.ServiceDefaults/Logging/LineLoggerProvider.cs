using System.Text;
using Microsoft.Extensions.Logging;
using Serilog.Core;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>Makes lines of what is logged. It captures no properties, as telemetry does: a line holds only text.</summary>
/// <param name="write">Takes the text of some lines to where they are kept.</param>
/// <param name="clock">What time it is.</param>
internal abstract class LineLoggerProvider(Action<string> write, TimeProvider clock) : ILoggerProvider, ISupportExternalScope
{
    private readonly LineQueue _lines = new(write, clock);
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public virtual void Dispose() => _lines.Dispose();

    private void Write(LogLevel level, string? fileId, string category, string message, Exception? exception) =>
        LogLine.AddTo(_lines, clock.GetUtcNow(), level, fileId, category, message, exception);

    private sealed class LineLogger(LineLoggerProvider provider, string category) : ILogger
    {
        public IDisposable BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var fileId = FileScope.FileIdIn(state) ?? FileScope.FileIdIn(provider._scopes);
                provider.Write(logLevel, fileId, category, formatter(state, exception), exception);
            }
        }
    }
}

/// <summary>Lines on the console. Levels of its own are set below <c>Logging:Console</c>, as for the framework's.</summary>
[ProviderAlias("Console")]
internal sealed class ConsoleLinesProvider(Stream console, TimeProvider clock)
    : LineLoggerProvider(lines => console.Write(Encoding.UTF8.GetBytes(lines)), clock);

/// <summary>Lines in files. Levels of its own are set below <c>Logging:File</c>.</summary>
/// <param name="files">Puts them there; it goes with the provider.</param>
[ProviderAlias("File")]
internal sealed class FileLinesProvider(Logger files, TimeProvider clock) : LineLoggerProvider(lines => files.Write(LogLine.ToEvent(lines)), clock)
{
    public override void Dispose()
    {
        base.Dispose();
        files.Dispose();
    }
}
