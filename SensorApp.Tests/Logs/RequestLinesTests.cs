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
    [InlineData("Microsoft.AspNetCore=Warning Microsoft.AspNetCore.*=Information", LogLevel.Information)]
    [InlineData("Microsoft.AspNetCore=Information Microsoft.*.Mvc=Warning", LogLevel.Information)]
    [InlineData("Microsoft.AspNetCore=Information Microsoft.AspNetCore*Diagnostics=Warning", LogLevel.None)]
    [InlineData("Microsoft.AspNetCore=Warning LOG_LEVEL=DEBUG", LogLevel.None)]
    [InlineData("Microsoft.AspNetCore=Information LOG_LEVEL=ERROR", LogLevel.None)]
    public async Task IsEnabled_ByLevels_IsOffAltogetherOrFromThatLevelOn(string settings, LogLevel expected)
    {
        await using var app = Build(settings);

        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(RequestLines.Category);

        Assert.All(Enum.GetValues<LogLevel>().Except([LogLevel.None]), level => Assert.Equal(level >= expected, logger.IsEnabled(level)));
    }

    [Fact]
    public async Task IsEnabled_OneDestinationAsksForThem_HasThem()
    {
        await using var app = Build("Microsoft.AspNetCore=Warning Console:LogLevel:Microsoft.AspNetCore=Information");

        Assert.True(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(RequestLines.Category).IsEnabled(LogLevel.Information));
    }

    [Fact]
    public async Task IsEnabled_TwoRulesForOneCategory_FollowsTheLast()
    {
        await using var app = Build("Microsoft.AspNetCore=Warning", builder => builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Information));

        Assert.True(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(RequestLines.Category).IsEnabled(LogLevel.Information));
    }

    private static WebApplication Build(string settings, Action<WebApplicationBuilder>? configure = null)
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
        configure?.Invoke(builder);
        return builder.Build();
    }

    private static string KeyOf(string name) => name switch
    {
        "LOG_LEVEL" => name,
        _ when name.StartsWith("Console:", StringComparison.Ordinal) => "Logging:" + name,
        _ => "Logging:LogLevel:" + name,
    };
}
