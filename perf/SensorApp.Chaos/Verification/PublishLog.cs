using System.Text.RegularExpressions;

namespace SensorApp.Chaos.Verification;

/// <summary>
/// Reads in the replicas' own words who published what: each says so after its conditional write went through, of a small file in the same
/// line as that it is accepted. A double would show here even if nobody looked between the two.
/// </summary>
public static partial class PublishLog
{
    /// <summary>Files that were published more than once, over all replicas, as sentences.</summary>
    /// <param name="folder">Holds the output of every process; read while they run.</param>
    public static IReadOnlyList<string> FindTwice(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.log")
            .SelectMany(ReadLines)
            .Select(line => Published().Match(line))
            .Where(match => match.Success)
            .CountBy(match => match.Groups[1].Value)
            .Where(published => published.Value > 1)
            .Select(published => FormattableString.Invariant($"{published.Key} was published {published.Value} times")),
    ];

    private static IEnumerable<string> ReadLines(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);

        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    [GeneratedRegex(@"File ([0-9a-f]{32}) (?:is|\(.*, [0-9]+ bytes\) is accepted and) (?:processed|partial|failed): [0-9]+ rows")]
    private static partial Regex Published();
}
