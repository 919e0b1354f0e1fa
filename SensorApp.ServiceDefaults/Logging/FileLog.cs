using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>Says at start which log file was opened, or, when none could be, why not.</summary>
internal sealed partial class FileLog(string? path, string directory, string? failure, ILogger<FileLog> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (path is null)
        {
            Log.NotWritten(logger, directory, failure);
        }
        else
        {
            Log.Written(logger, path);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(EventId = 9001, Level = LogLevel.Debug, Message = "Log file {Path}")]
        public static partial void Written(ILogger logger, string path);

        [LoggerMessage(EventId = 9002, Level = LogLevel.Warning, Message = "No log file is written: {Directory} cannot be written to ({Failure})")]
        public static partial void NotWritten(ILogger logger, string directory, string? failure);
    }
}
