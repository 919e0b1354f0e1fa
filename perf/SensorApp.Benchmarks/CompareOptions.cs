using System.Globalization;

namespace SensorApp.Benchmarks;

/// <summary>What <c>compare</c> is to run.</summary>
internal sealed record CompareOptions
{
    public IReadOnlyList<long> Rows { get; init; } = [1_000_000];

    public IReadOnlyList<FileKind> Files { get; init; } = Enum.GetValues<FileKind>();

    public IReadOnlyList<int> Threads { get; init; } = [1, 2];

    /// <summary>Rounds; in each, all engines have a turn, one after the other.</summary>
    public int Repeats { get; init; } = 15;

    public string? JsonPath { get; init; }

    public static CompareOptions Parse(IReadOnlyList<string> args)
    {
        var options = new CompareOptions();
        for (var i = 0; i + 1 < args.Count; i += 2)
        {
            var items = args[i + 1].Split(',');
            options = args[i] switch
            {
                "--rows" => options with { Rows = [.. items.Select(item => long.Parse(item, CultureInfo.InvariantCulture))] },
                "--files" => options with { Files = [.. items.Select(item => Enum.Parse<FileKind>(item, ignoreCase: true))] },
                "--threads" => options with { Threads = [.. items.Select(item => int.Parse(item, CultureInfo.InvariantCulture))] },
                "--repeats" => options with { Repeats = int.Parse(args[i + 1], CultureInfo.InvariantCulture) },
                "--json" => options with { JsonPath = args[i + 1] },
                _ => throw new ArgumentException($"Unknown option {args[i]}."),
            };
        }

        return options;
    }
}
