using System.Globalization;

namespace SensorApp.Benchmarks;

/// <summary>Reads options of the form <c>--name value</c>; what is wrong with one is told with its name and what is allowed.</summary>
internal static class OptionText
{
    /// <summary>Names and values in their order.</summary>
    /// <exception cref="ArgumentException">The last name has no value.</exception>
    public static IEnumerable<(string Name, string Value)> Pairs(IReadOnlyList<string> args) => args.Count % 2 == 0
        ? args.Chunk(2).Select(pair => (pair[0], pair[1]))
        : throw new ArgumentException($"{args[^1]} has no value.");

    /// <summary>Comma-separated names of an enumeration.</summary>
    /// <exception cref="ArgumentException">One is none of them.</exception>
    public static IReadOnlyList<T> Names<T>(string option, string value)
        where T : struct, Enum => [.. value.Split(',').Select(item => Enum.TryParse<T>(item, ignoreCase: true, out var name) && Enum.IsDefined(name)
            ? name
            : throw new ArgumentException($"{option}: found '{item}', expected one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}."))];

    /// <summary>Comma-separated whole numbers from 1 on.</summary>
    /// <exception cref="ArgumentException">One is none.</exception>
    public static IReadOnlyList<int> Counts(string option, string value) => [.. value.Split(',').Select(item => Count(option, item))];

    /// <exception cref="ArgumentException">It is no whole number from 1 on.</exception>
    public static int Count(string option, string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
        ? count
        : throw new ArgumentException($"{option}: found '{value}', expected a whole number from 1 to {int.MaxValue}.");

    /// <exception cref="ArgumentException">It is no number of seconds from above 0 to a day.</exception>
    public static TimeSpan Seconds(string option, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentException($"{option}: found '{value}', expected seconds above 0, at most 86400.");
}
