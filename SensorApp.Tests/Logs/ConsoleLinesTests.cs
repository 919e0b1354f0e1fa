using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;
using SensorApp.ServiceDefaults;
using SensorApp.ServiceDefaults.Logging;

namespace SensorApp.Tests.Logs;

public sealed class ConsoleLinesTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 20, 5, 9, 120, TimeSpan.Zero));

    [Fact]
    public void Log_InFileScope_PutsTheFileIdOnTheLine()
    {
        var written = Written(logger =>
        {
            using var outer = logger.BeginFileScope("0199aa");
            using var inner = logger.BeginScope("something else");
            logger.LogInformation("taken up");
        });

        Assert.Equal("2026-11-23 20:05:09.120Z INF [0199aa] Work: taken up\n", written);
    }

    [Fact]
    public void Log_FileInFile_NamesTheInnermost()
    {
        var written = Written(logger =>
        {
            using var outer = logger.BeginFileScope("0199aa");
            using var inner = logger.BeginFileScope("0199bb");
            logger.LogInformation("taken up");
        });

        Assert.Equal("2026-11-23 20:05:09.120Z INF [0199bb] Work: taken up\n", written);
    }

    [Fact]
    public void Log_OutsideOfFiles_LeavesTheIdOut() =>
        Assert.Equal("2026-11-23 20:05:09.120Z INF Work: idle\n", Written(logger => logger.LogInformation("idle")));

    [Fact]
    public void Log_WithException_PutsItOnLinesOfItsOwn() =>
        Assert.Equal(
            "2026-11-23 20:05:09.120Z ERR Work: broken\nSystem.IO.IOException: no such disk\n",
            Written(logger => logger.LogError(new IOException("no such disk"), "broken")));

    [Theory]
    [InlineData("INFO", "Warning", "WRN")]
    [InlineData("WARNING", "Debug", "WRN")]
    [InlineData("DEBUG", "Information", "INF WRN")]
    public async Task Log_LevelOfTheConsoleAlone_IsHeededAboveTheLevelOfAll(string level, string console, string expected)
    {
        var (builder, written) = WithConsole(("LOG_LEVEL", level), ("Logging:Console:LogLevel:Default", console));

        await using (var app = builder.Build())
        {
            var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Work");
            logger.LogDebug("line");
            logger.LogInformation("line");
            logger.LogWarning("line");
        }

        Assert.Equal(expected, ServiceLogTests.LevelsOf(Text(written).Split('\n')));
    }

    [Theory]
    [InlineData("", typeof(ConsoleLinesProvider))]
    [InlineData("json", typeof(ConsoleLoggerProvider))]
    public async Task Build_FormatterChosenOrNot_HasOneConsole(string formatter, Type expected)
    {
        var builder = Builder(("Logging:Console:FormatterName", formatter), ("Logging:Console:LogLevel:Default", "None"));

        await using var app = builder.Build();

        Assert.Equal(expected, Assert.Single(app.Services.GetServices<ILoggerProvider>(), provider => provider is ConsoleLinesProvider or ConsoleLoggerProvider).GetType());
    }

    private static WebApplicationBuilder Builder(params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)));
        builder.AddServiceDefaults(ServiceIdentity.Api);
        return builder;
    }

    /// <summary>A service whose console is in memory.</summary>
    private (WebApplicationBuilder Builder, MemoryStream Written) WithConsole(params (string Name, string Value)[] settings)
    {
        var builder = Builder(settings);
        var written = new MemoryStream();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider>(_ => new ConsoleLinesProvider(written, _clock));
        return (builder, written);
    }

    /// <summary>What is on the console once the provider is gone.</summary>
    private string Written(Action<ILogger> log)
    {
        using var console = new MemoryStream();

        using (var logging = LoggerFactory.Create(builder => builder.Services.AddSingleton<ILoggerProvider>(_ => new ConsoleLinesProvider(console, _clock))))
        {
            log(logging.CreateLogger("Work"));
        }

        return Text(console);
    }

    private static string Text(MemoryStream console) => Encoding.UTF8.GetString(console.ToArray());
}
