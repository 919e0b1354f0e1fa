using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.ServiceDefaults.Telemetry;

/// <summary>Applies <c>LOG_LEVEL</c> and <c>DEBUG</c> to the logging rules.</summary>
internal static class LogLevelExtensions
{
    public static void AddLogLevel(this WebApplicationBuilder builder)
    {
        var debug = KnownSettings.Debug.Read(builder.Configuration);
        var configured = KnownSettings.MinimumLogLevel.Read(builder.Configuration);
        var level = debug && configured > LogLevel.Debug ? LogLevel.Debug : configured;

        // The framework's own categories stay at their levels from appsettings.json unless more is asked for.
        builder.Configuration["Logging:LogLevel:Default"] = level.ToString();

        if (level < LogLevel.Information || level > LogLevel.Warning)
        {
            foreach (var category in builder.Configuration.GetSection("Logging:LogLevel").GetChildren())
            {
                category.Value = level.ToString();
            }
        }
    }
}
