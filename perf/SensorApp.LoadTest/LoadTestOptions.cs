using System.Globalization;

namespace SensorApp.LoadTest;

/// <summary>The command line.</summary>
public sealed record LoadTestOptions
{
    public const string Usage = """
        Sends generated sensor files to a running service, and measures and checks what comes back.

        dotnet run -c Release --project perf/SensorApp.LoadTest -- [options]

          --files N          files to upload, 1 to 1,000,000 (default 50)
          --concurrency N    uploads at once, 1 to 10,000 (default 10)
          --size SIZE        small, medium or large: 50, 200 or 1,000 rows a file (default small)
          --errors           about one row in ten is invalid
          --wait             wait until every file is processed, and check every result against what was sent
          --delete           delete every file in the end
          --api-url URL      where the service is (default http://localhost:8000)
          --json             the report as JSON on standard output; progress goes to standard error
          --help             this text

        Exit code: 0 when everything succeeded, 1 when an upload failed, a result was wrong or missing or a deletion failed, 2 for a wrong command line.
        """;

    public int Files { get; init; } = 50;

    public int Concurrency { get; init; } = 10;

    public FileSize Size { get; init; } = FileSize.Small;

    /// <summary>About one row in ten is invalid.</summary>
    public bool Errors { get; init; }

    /// <summary>Wait for the results and check them.</summary>
    public bool Wait { get; init; }

    /// <summary>Delete the files once all else is done.</summary>
    public bool Delete { get; init; }

    public Uri ApiUrl { get; init; } = new("http://localhost:8000");

    public bool Json { get; init; }

    public bool Help { get; init; }

    /// <exception cref="InvalidOptionException">An option is unknown, or its value is missing or not allowed.</exception>
    public static LoadTestOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LoadTestOptions();
        var remaining = new Queue<string>(arguments.SelectMany(SplitAtEquals));

        while (remaining.TryDequeue(out var name))
        {
            options = name switch
            {
                "--files" => options with { Files = WholeNumber(name, remaining, 1_000_000) },
                "--concurrency" => options with { Concurrency = WholeNumber(name, remaining, 10_000) },
                "--size" => options with { Size = ParseSize(name, remaining) },
                "--errors" => options with { Errors = true },
                "--wait" => options with { Wait = true },
                "--delete" => options with { Delete = true },
                "--api-url" => options with { ApiUrl = Address(name, remaining) },
                "--json" => options with { Json = true },
                "--help" or "-h" => options with { Help = true },
                _ => throw new InvalidOptionException($"{name} is not an option; --help lists them."),
            };
        }

        return options;
    }

    private static string[] SplitAtEquals(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) ? argument.Split('=', 2) : [argument];

    private static int WholeNumber(string name, Queue<string> remaining, int maximum)
    {
        var text = Value(name, remaining);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= maximum
            ? number
            : throw new InvalidOptionException(string.Create(
                CultureInfo.InvariantCulture, $"{name} is '{text}', but must be a whole number from 1 to {maximum}."));
    }

    private static FileSize ParseSize(string name, Queue<string> remaining) => Value(name, remaining) switch
    {
        "small" => FileSize.Small,
        "medium" => FileSize.Medium,
        "large" => FileSize.Large,
        var text => throw new InvalidOptionException($"{name} is '{text}', but must be small, medium or large."),
    };

    private static Uri Address(string name, Queue<string> remaining)
    {
        var text = Value(name, remaining);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new InvalidOptionException($"{name} is '{text}', but must be an absolute http or https address.");
    }

    private static string Value(string name, Queue<string> remaining) =>
        remaining.TryDequeue(out var value) ? value : throw new InvalidOptionException($"{name} needs a value.");
}
