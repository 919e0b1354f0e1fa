using SensorApp.ServiceDefaults;

namespace SensorApp.Tests.Mocks;

/// <summary>Reads the tables of docs/emulator-support.md.</summary>
internal static class SupportTable
{
    /// <summary>The rows of the first table below a heading of a section.</summary>
    public static IReadOnlyList<(string Name, string State)> Rows(string section, string heading) =>
    [
        .. File.ReadLines(Path.Combine(Root(), "docs", "emulator-support.md"))
            .SkipWhile(line => line != section)
            .SkipWhile(line => line != heading)
            .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1], cells[2])),
    ];

    private static string Root() =>
        RepositoryRoot.Find(AppContext.BaseDirectory) ?? throw new DirectoryNotFoundException("The tests do not run from below the repository.");
}
