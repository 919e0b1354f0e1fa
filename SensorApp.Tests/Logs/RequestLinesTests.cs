using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SensorApp.ServiceDefaults;
using SensorApp.ServiceDefaults.Logging;

namespace SensorApp.Tests.Logs;

/// <summary>ASP.NET's lines about each request cost nothing where they are hidden, and are there for whoever asks.</summary>
public sealed class RequestLinesTests
{
    [Theory]
    [InlineData("Default=Information Microsoft.AspNetCore=Warning", LogLevel.None)]
    [InlineData("Default=Warning", LogLevel.None)]
    [InlineData("Default=Information Microsoft=Error", LogLevel.None)]
    [InlineData("Default=Information Microsoft.AspNetCore.Mvc=Warning", LogLevel.Information)]
    [InlineData("Default=Warning Microsoft.AspNetCore=Information", LogLevel.Information)]
    [InlineData("Microsoft.AspNetCore=Warning Microsoft.AspNetCore.Hosting=Debug", LogLevel.Debug)]
    [InlineData("Microsoft.AspNetCore=Warning LOG_LEVEL=DEBUG", LogLevel.None)]
    [InlineData("Microsoft.AspNetCore=Information LOG_LEVEL=ERROR", LogLevel.None)]
    public void IsEnabled_ByLevels_IsOffAltogetherOrFromThatLevelOn(string settings, LogLevel expected)
    {
        using var services = Build(settings).Services.GetRequiredService<ILoggerFactory>();

        var logger = services.CreateLogger(RequestLines.Category);

        Assert.All(Enum.GetValues<LogLevel>().Except([LogLevel.None]), level => Assert.Equal(level >= expected, logger.IsEnabled(level)));
    }

    [Fact]
    public void IsEnabled_OneDestinationAsksForThem_HasThem()
    {
        using var services = Build("Microsoft.AspNetCore=Warning Console:LogLevel:Microsoft.AspNetCore=Information").Services.GetRequiredService<ILoggerFactory>();

        Assert.True(services.CreateLogger(RequestLines.Category).IsEnabled(LogLevel.Information));
    }

    private static WebApplication Build(string settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
        [
            new("urls", "http://127.0.0.1:0"),
            new("FileLog:Enabled", "false"),
            .. settings.Split(' ').Select(setting => setting.Split('=')).Select(setting => new KeyValuePair<string, string?>(KeyOf(setting[0]), setting[1])),
        ]);
        builder.AddServiceDefaults(ServiceIdentity.Api);
        return builder.Build();
    }

    private static string KeyOf(string name) => name switch
    {
        "LOG_LEVEL" => name,
        _ when name.StartsWith("Console:", StringComparison.Ordinal) => "Logging:" + name,
        _ => "Logging:LogLevel:" + name,
    };
}
