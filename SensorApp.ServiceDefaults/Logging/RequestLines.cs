using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>Turns the lines of ASP.NET's host about each request off altogether where their level hides them.</summary>
/// <remarks>
/// As long as its category may write anything at all, the host makes an <see cref="System.Diagnostics.Activity"/>, a log scope and headers of
/// outgoing requests for each request: with lines from warnings on, which it has none of, 30 µs a file for nothing.
/// </remarks>
internal sealed class RequestLines : IPostConfigureOptions<LoggerFilterOptions>
{
    /// <summary>Begin and end of each request, at <see cref="LogLevel.Information"/>.</summary>
    public const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Rules of one destination stay above the one added here, as above all others.</summary>
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        var rule = options.Rules
            .Where(rule => rule.ProviderName is null && Category.StartsWith(rule.CategoryName ?? "", StringComparison.OrdinalIgnoreCase))
            .MaxBy(rule => rule.CategoryName?.Length ?? 0);

        if ((rule?.LogLevel ?? options.MinLevel) > LogLevel.Information)
        {
            options.Rules.Add(new LoggerFilterRule(providerName: null, Category, LogLevel.None, filter: null));
        }
    }
}
