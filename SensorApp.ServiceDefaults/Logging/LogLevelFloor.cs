using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>Makes <c>LOG_LEVEL</c> and <c>DEBUG</c> count: nothing below the level is written, and what no rule for a category or destination speaks of is written from it.</summary>
/// <param name="level">Null leaves the section <c>Logging</c> as it is.</param>
internal sealed class LogLevelFloor(LogLevel? level) : IPostConfigureOptions<LoggerFilterOptions>
{
    /// <summary>The level that is asked for; null when neither setting is given.</summary>
    /// <exception cref="InvalidSettingException">A setting is not allowed.</exception>
    public static LogLevel? Read(IConfiguration configuration)
    {
        var level = KnownSettings.MinimumLogLevel.Read(configuration);

        if (KnownSettings.Debug.Read(configuration))
        {
            return level < LogLevel.Debug ? level : LogLevel.Debug;
        }

        return string.IsNullOrWhiteSpace(configuration[KnownSettings.MinimumLogLevel.Name]) ? null : level;
    }

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        // The level of categories for which no rule speaks.
        options.MinLevel = level ?? LogLevel.Information;

        if (level is not { } floor)
        {
            return;
        }

        var rules = options.Rules.Select(rule => Raise(rule, floor)).ToArray();
        options.Rules.Clear();

        foreach (var rule in rules)
        {
            options.Rules.Add(rule);
        }
    }

    /// <summary>A rule for a category (ASP.NET's own lines, from warnings on) or for a destination may ask for less than the level, never for more.</summary>
    private static LoggerFilterRule Raise(LoggerFilterRule rule, LogLevel floor)
    {
        var isDefault = rule is { CategoryName: null, ProviderName: null };
        var raised = isDefault || rule.LogLevel is null || rule.LogLevel < floor ? floor : rule.LogLevel;
        return new LoggerFilterRule(rule.ProviderName, rule.CategoryName, raised, rule.Filter);
    }
}
