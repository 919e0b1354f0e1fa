namespace SensorApp.Benchmarks.Cloud;

/// <summary>What <c>cloud</c> is to run.</summary>
internal sealed record CloudOptions
{
    public IReadOnlyList<CloudOperation> Operations { get; init; } = Enum.GetValues<CloudOperation>();

    public IReadOnlyList<CloudServerKind> Servers { get; init; } = Enum.GetValues<CloudServerKind>();

    public IReadOnlyList<int> Connections { get; init; } = [1, 32];

    /// <summary>Rounds; in each, all servers are measured once, one after the other.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>How long one server is measured in one round.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Where the durable server keeps its data: the disk that is measured. A temporary folder unless set.</summary>
    public string? DataFolder { get; init; }

    public string? JsonPath { get; init; }

    /// <exception cref="ArgumentException">An option is unknown or cannot be used.</exception>
    public static CloudOptions Parse(IReadOnlyList<string> args)
    {
        var options = new CloudOptions();
        foreach (var (name, value) in OptionText.Pairs(args))
        {
            options = name switch
            {
                "--operations" => options with { Operations = OptionText.Names<CloudOperation>(name, value) },
                "--servers" => options with { Servers = OptionText.Names<CloudServerKind>(name, value) },
                "--connections" => options with { Connections = OptionText.Counts(name, value) },
                "--repeats" => options with { Repeats = OptionText.Count(name, value) },
                "--seconds" => options with { Window = OptionText.Seconds(name, value) },
                "--data" => options with { DataFolder = value },
                "--json" => options with { JsonPath = value },
                _ => throw new ArgumentException($"{name} is no option of cloud."),
            };
        }

        return options;
    }
}
