using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using SensorApp.Api.Endpoints.Safety;
using SensorApp.Api.Services.Uploads;

namespace SensorApp.Tests.Documentation;

/// <summary>Holds the table of limits in the documentation, and the compose file that passes them on, to the code.</summary>
public sealed class LimitsTests
{
    private static readonly IReadOnlyList<(string Key, object? Default, RangeAttribute Range)> Limits =
        [.. Of(RequestLimits.Section, new RequestLimits()), .. Of(UploadLimits.Section, new UploadLimits())];

    [Fact]
    public void Table_EachLimit_StandsThereAsTheCodeHasIt()
    {
        var rows = File.ReadLines(Path.Combine(RepositoryFiles.Root, "docs", "operations.md")).Where(line => Regex.IsMatch(line, @"^\| `(Limits|Uploads):"));

        Assert.Equal(
            Limits.Select(limit => string.Create(CultureInfo.InvariantCulture, $"| `{limit.Key}` | {limit.Default} | {limit.Range.Minimum} to {limit.Range.Maximum}")),
            rows.Select(row => row[..row.LastIndexOf(" | ", StringComparison.Ordinal)]));
    }

    [Fact]
    public void Compose_EachLimit_IsPassedOn()
    {
        var compose = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "deploy", "compose.yaml"));

        Assert.All(Limits, limit => Assert.Contains($"      {limit.Key.Replace(":", "__", StringComparison.Ordinal)}:\n", compose, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Key, object? Default, RangeAttribute Range)> Of(string section, object limits) => limits.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(property => property.GetCustomAttribute<RangeAttribute>() is not null)
        .Select(property => ($"{section}:{property.Name}", property.GetValue(limits), property.GetCustomAttribute<RangeAttribute>()!)); // filtered above
}
