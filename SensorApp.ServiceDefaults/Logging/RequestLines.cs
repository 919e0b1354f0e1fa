using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>Turns the lines of ASP.NET's host about each request off altogether where their level hides them.</summary>
/// <remarks>
/// As long as its category may write anything at all, the host makes an <see cref="System.Diagnostics.Activity"/>, a log scope and headers of
/// outgoing requests for each request: 30 µs a file for nothing. Besides lines about requests only some of its start are in the category;
/// what a start fails of is told by <see cref="ServiceStartup"/>.
/// </remarks>
internal sealed class RequestLines : IPostConfigureOptions<LoggerFilterOptions>
{
    /// <summary>Begin and end of each request, at <see cref="LogLevel.Information"/>.</summary>
    public const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Rules of one destination stay above the one added here, as above all others.</summary>
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        // As the framework chooses: the longest category, and of equals the last.
        var rule = options.Rules
            .Where(rule => rule.ProviderName is null && SpeaksOfIt(rule.CategoryName ?? ""))
            .OrderBy(rule => rule.CategoryName?.Length ?? 0)
            .LastOrDefault();

        if ((rule?.LogLevel ?? options.MinLevel) > LogLevel.Information)
        {
            options.Rules.Add(new LoggerFilterRule(providerName: null, Category, LogLevel.None, filter: null));
        }
    }

    /// <summary>A rule's category is the beginning of those it speaks of, and may have one wildcard.</summary>
    private static bool SpeaksOfIt(string ruleCategory)
    {
        var parts = ruleCategory.Split('*', 2);
        return Category.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase) && (parts.Length == 1 || Category.EndsWith(parts[1], StringComparison.OrdinalIgnoreCase));
    }
}
