namespace SensorApp.Benchmarks;

/// <summary>What <c>compare</c> is to run.</summary>
internal sealed record CompareOptions
{
    public IReadOnlyList<int> Rows { get; init; } = [1_000_000];

    public IReadOnlyList<FileKind> Files { get; init; } = Enum.GetValues<FileKind>();

    public IReadOnlyList<int> Threads { get; init; } = [1, 2];

    /// <summary>Rounds; in each, all engines have a turn, one after the other.</summary>
    public int Repeats { get; init; } = 15;

    public string? JsonPath { get; init; }

    /// <exception cref="ArgumentException">An option is unknown or cannot be used.</exception>
    public static CompareOptions Parse(IReadOnlyList<string> args)
    {
        var options = new CompareOptions();
        foreach (var (name, value) in OptionText.Pairs(args))
        {
            options = name switch
            {
                "--rows" => options with { Rows = OptionText.Counts(name, value) },
                "--files" => options with { Files = OptionText.Names<FileKind>(name, value) },
                "--threads" => options with { Threads = OptionText.Counts(name, value) },
                "--repeats" => options with { Repeats = OptionText.Count(name, value) },
                "--json" => options with { JsonPath = value },
                _ => throw new ArgumentException($"{name} is no option of compare."),
            };
        }

        return options;
    }
}
