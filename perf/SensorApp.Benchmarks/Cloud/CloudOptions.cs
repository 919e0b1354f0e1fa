using System.Globalization;

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

    public static CloudOptions Parse(IReadOnlyList<string> args)
    {
        var options = new CloudOptions();
        for (var i = 0; i + 1 < args.Count; i += 2)
        {
            var items = args[i + 1].Split(',');
            options = args[i] switch
            {
                "--operations" => options with { Operations = [.. items.Select(item => Enum.Parse<CloudOperation>(item, ignoreCase: true))] },
                "--servers" => options with { Servers = [.. items.Select(item => Enum.Parse<CloudServerKind>(item, ignoreCase: true))] },
                "--connections" => options with { Connections = [.. items.Select(item => int.Parse(item, CultureInfo.InvariantCulture))] },
                "--repeats" => options with { Repeats = int.Parse(args[i + 1], CultureInfo.InvariantCulture) },
                "--seconds" => options with { Window = TimeSpan.FromSeconds(double.Parse(args[i + 1], CultureInfo.InvariantCulture)) },
                "--data" => options with { DataFolder = args[i + 1] },
                "--json" => options with { JsonPath = args[i + 1] },
                _ => throw new ArgumentException($"Unknown option {args[i]}."),
            };
        }

        return options;
    }
}
