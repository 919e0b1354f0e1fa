using System.Globalization;
using SensorApp.Chaos.Processes;
using SensorApp.Chaos.Scenarios;

namespace SensorApp.Chaos;

/// <summary>The command line.</summary>
public sealed record ChaosOptions
{
    public const string Usage = """
        Uploads files to real processes while it kills, pauses, restarts and disturbs them, then checks every acknowledged file.

        dotnet run -c Release --project perf/SensorApp.Chaos -- [options]

          --scenarios KEYS   which, by letter, separated by commas: a1 a3 b c d e f g h (default all)
          --files N          acknowledged files a scenario, at least (default 200)
          --blows N          kills, pauses or restarts a scenario (default 5)
          --rate N           uploads a second, about (default 30)
          --minutes N        goes through the scenarios again and again for so long, with another seed each time (default: once)
          --short            shorter leases and waits, as in the tests
          --seed N           decides files and moments (default 1)
          --output FILE      the report as JSON
          --keep             leave data and output of the processes in the temporary folder
          --help             this text

        Exit code: 0 when nothing was lost, wrong, double or left over, 1 when something was, 2 for a wrong command line.
        """;

    public IReadOnlyList<Scenario> Scenarios { get; init; } = Scenario.All;

    public int Files { get; init; } = 200;

    /// <summary>How often something goes wrong in a scenario.</summary>
    public int Blows { get; init; } = 5;

    public int FilesPerSecond { get; init; } = 30;

    public int Minutes { get; init; }

    public int Seed { get; init; } = 1;

    public Pace Pace { get; init; } = Pace.Usual;

    public string? Output { get; init; }

    public bool Keep { get; init; }

    public bool Help { get; init; }

    /// <exception cref="FormatException">An option is unknown, or its value is missing or not allowed.</exception>
    public static ChaosOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ChaosOptions();
        var remaining = new Queue<string>(arguments);

        while (remaining.TryDequeue(out var name))
        {
            options = name switch
            {
                "--scenarios" => options with { Scenarios = ParseScenarios(Value(name, remaining)) },
                "--files" => options with { Files = WholeNumber(name, remaining) },
                "--blows" => options with { Blows = WholeNumber(name, remaining) },
                "--rate" => options with { FilesPerSecond = WholeNumber(name, remaining) },
                "--minutes" => options with { Minutes = WholeNumber(name, remaining) },
                "--seed" => options with { Seed = WholeNumber(name, remaining) },
                "--output" => options with { Output = Value(name, remaining) },
                "--short" => options with { Pace = Pace.Short },
                "--keep" => options with { Keep = true },
                "--help" or "-h" => options with { Help = true },
                _ => throw new FormatException($"{name} is not an option; --help lists them."),
            };
        }

        return options;
    }

    private static Scenario[] ParseScenarios(string keys) =>
    [
        .. keys.Split(',', StringSplitOptions.TrimEntries).Select(key =>
            Scenario.All.FirstOrDefault(scenario => scenario.Key == key)
            ?? throw new FormatException($"There is no scenario '{key}'; there are {string.Join(", ", Scenario.All.Select(scenario => scenario.Key))}.")),
    ];

    private static int WholeNumber(string name, Queue<string> remaining)
    {
        var text = Value(name, remaining);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"{name} is '{text}', but must be a whole number above 0.");
    }

    private static string Value(string name, Queue<string> remaining) =>
        remaining.TryDequeue(out var value) ? value : throw new FormatException($"{name} needs a value.");
}
