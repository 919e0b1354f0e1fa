using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using SensorApp.ServiceDefaults.Settings;
using Serilog;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>Console and log files of a service.</summary>
internal static class ServiceLoggingExtensions
{
    /// <summary>Call it when all sources of settings are in the configuration.</summary>
    /// <exception cref="InvalidSettingException">A setting about logs is not allowed.</exception>
    public static void AddServiceLogging(this WebApplicationBuilder builder)
    {
        var floor = LogLevelFloor.Read(builder.Configuration);
        builder.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(new LogLevelFloor(floor));
        builder.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, RequestLines>();

        builder.AddLineConsole();

        var options = FileLogOptions.Read(builder.Configuration);

        if (options.Enabled)
        {
            builder.AddFileLog(options);
        }
    }

    /// <summary>A formatter that a person has chosen stays, and the framework's console with it.</summary>
    public static bool HasFrameworkConsole(this IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration["Logging:Console:FormatterName"]);

    private static void AddLineConsole(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.HasFrameworkConsole())
        {
            return;
        }

        var services = builder.Logging.Services;

        foreach (var framework in services.Where(service => service.ImplementationType == typeof(ConsoleLoggerProvider)).ToList())
        {
            services.Remove(framework);
        }

        services.AddSingleton<ILoggerProvider>(provider => new ConsoleLinesProvider(Console.OpenStandardOutput(), provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddFileLog(this WebApplicationBuilder builder, FileLogOptions options)
    {
        var directory = Path.Combine(RepositoryRoot.Find(builder.Environment.ContentRootPath) ?? Directory.GetCurrentDirectory(), options.Directory);
        string? path = null;
        string? failure = null;

        try
        {
            path = OpenFile(builder.Logging, directory, options);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // A container with a read-only root, or a folder of somebody else: the service is of use without log files.
            failure = cause.Message;
        }

        builder.Services.AddSingleton<IHostedService>(services =>
            new FileLog(path, directory, failure, services.GetRequiredService<ILogger<FileLog>>()));
    }

    private static string OpenFile(ILoggingBuilder logging, string directory, FileLogOptions options)
    {
        var folder = new LogFolder(directory);
        var path = folder.ReserveFile(TimeProvider.System.GetUtcNow());
        folder.RemoveOldest(options.MaxFiles);

        var file = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.File(
                new LineTextFormatter(),
                path,
                // It closes a file after the lines that reach the limit, which come many at once.
                fileSizeLimitBytes: (options.MaxFileMb * 1024L * 1024L) - LineQueue.MostAtOnce,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: options.MaxFilesPerProcess)
            .CreateLogger();

        logging.Services.AddSingleton<ILoggerProvider>(provider => new FileLinesProvider(file, provider.GetRequiredService<TimeProvider>()));
        return path;
    }
}
