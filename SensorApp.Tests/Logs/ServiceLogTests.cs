using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SensorApp.ServiceDefaults;
using SensorApp.ServiceDefaults.Logging;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Tests.Logs;

public sealed class ServiceLogTests
{
    [Fact]
    public async Task Log_InFileScope_PutsTimeLevelAndFileIdOnTheLine()
    {
        using var folder = new TemporaryFolder();

        var lines = await RunAsync(folder, [], logger =>
        {
            using (logger.BeginFileScope("0199aa"))
            {
                logger.LogInformation("taken up");
            }

            logger.LogInformation("idle");
        });

        Assert.Contains(lines, line => Matches(line, @"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z INF \[0199aa\] Work: taken up$"));
        Assert.Contains(lines, line => Matches(line, @"Z INF Work: idle$"));
    }

    [Fact]
    public async Task Log_MessageNamesTheFile_PutsItsIdInTheSamePlace()
    {
        using var folder = new TemporaryFolder();

        var lines = await RunAsync(folder, [], logger => logger.LogWarning("File {FileId} came back", "0199bb"));

        Assert.Contains(lines, line => Matches(line, @"WRN \[0199bb\] Work: File 0199bb came back$"));
    }

    [Fact]
    public async Task Log_LineBreakInAMessage_StaysOneLine()
    {
        using var folder = new TemporaryFolder();

        var lines = await RunAsync(folder, [], logger => logger.LogInformation("Upload of {Name}", "a\n2026-01-01 forged.csv"));

        Assert.Contains(lines, line => Matches(line, "Work: Upload of a ⏎ 2026-01-01 forged.csv$"));
    }

    [Theory]
    [InlineData("", "", "INF WRN ERR")]
    [InlineData("DEBUG", "", "DBG INF WRN ERR")]
    [InlineData("WARNING", "", "WRN ERR")]
    [InlineData("critical", "", "")]
    [InlineData("INFO", "true", "DBG INF WRN ERR")]
    [InlineData("ERROR", "true", "DBG INF WRN ERR")]
    public async Task Log_WithLevelSetting_WritesThatLevelAndAbove(string level, string debug, string expected)
    {
        using var folder = new TemporaryFolder();

        var lines = await RunAsync(folder, [("LOG_LEVEL", level), ("DEBUG", debug)], logger =>
        {
            logger.LogDebug("line");
            logger.LogInformation("line");
            logger.LogWarning("line");
            logger.LogError("line");
        });

        Assert.Equal(expected, LevelsOf(lines));
    }

    [Fact]
    public async Task Log_LevelAboveACategorysOwn_RaisesTheCategory()
    {
        using var folder = new TemporaryFolder();

        var lines = await RunAsync(folder, [("LOG_LEVEL", "ERROR"), ("Logging:LogLevel:Work", "Information")], logger => logger.LogWarning("line"));

        Assert.DoesNotContain(lines, line => line.Contains("Work: line", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_FilesHaveALevelOfTheirOwn_IsHeeded()
    {
        using var folder = new TemporaryFolder();

        var lines = await RunAsync(folder, [("LOG_LEVEL", "DEBUG"), ("Logging:File:LogLevel:Default", "Warning")], logger =>
        {
            logger.LogInformation("line");
            logger.LogWarning("line");
        });

        Assert.Equal("WRN", LevelsOf(lines));
    }

    [Fact]
    public async Task Log_MoreThanAFileHolds_RollsAndKeepsTheNewestFiles()
    {
        using var folder = new TemporaryFolder();
        var line = new string('x', 1024);

        await RunAsync(folder, [("FileLog:MaxFileMb", "1"), ("FileLog:MaxFilesPerProcess", "2")], logger =>
        {
            for (var count = 0; count < 4 * 1024; count++)
            {
                logger.LogInformation("{Line}", line);
            }
        });

        var files = new DirectoryInfo(folder.Path).GetFiles();
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.InRange(file.Length, 1, (1024 * 1024) + 2048));
    }

    [Fact]
    public async Task Start_FolderCannotBeWritten_GoesOnWithoutLogFiles()
    {
        using var folder = new TemporaryFolder();
        var occupied = Path.Combine(folder.Path, "occupied");
        await File.WriteAllTextAsync(occupied, "", TestContext.Current.CancellationToken);
        var warnings = new List<string>();

        await using (var app = Build(occupied, [], warnings))
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains(warnings, warning => warning.StartsWith($"No log file is written: {occupied} cannot be written to", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_FileSizeOutOfRange_NamesTheSetting()
    {
        using var folder = new TemporaryFolder();

        var failure = Assert.Throws<InvalidSettingException>(() => Build(folder.Path, [("FileLog:MaxFileMb", "0")], []));

        Assert.Equal("FileLog:MaxFileMb is '0', but must be a whole number from 1 to 1024.", failure.Message);
    }

    /// <summary>The levels of the lines that say <c>line</c>, in their order.</summary>
    internal static string LevelsOf(IEnumerable<string> lines) =>
        string.Join(' ', lines.Where(line => line.EndsWith("Work: line", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]));

    private static async Task<string[]> RunAsync(TemporaryFolder folder, (string Name, string Value)[] settings, Action<ILogger> log)
    {
        await using (var app = Build(folder.Path, settings, []))
        {
            log(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Work"));
        }

        var files = Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal);
        return [.. files.SelectMany(File.ReadAllLines)];
    }

    private static WebApplication Build(string directory, (string Name, string Value)[] settings, List<string> warnings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("urls", "http://127.0.0.1:0"),
            new("FileLog:Enabled", "true"),
            new("FileLog:Directory", directory),
            // Only the file is looked at; the console is the test run's.
            new("Logging:Console:LogLevel:Default", "None"),
            .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)),
        ]);
        builder.AddServiceDefaults(ServiceIdentity.Api);
        builder.Logging.AddProvider(new WarningCollector(warnings));
        return builder.Build();
    }

    private static bool Matches(string line, string pattern) => Regex.IsMatch(line, pattern);

    private sealed class WarningCollector(List<string> warnings) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                warnings.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
