using System.Diagnostics;
using System.Text.Json;
using SensorApp.Chaos;
using SensorApp.Chaos.Replicas;

if (args is ["replica", .. var replicaArguments])
{
    return await ReplicaHost.RunAsync(replicaArguments);
}

try
{
    var options = ChaosOptions.Parse(args);

    if (options.Help)
    {
        Console.WriteLine(ChaosOptions.Usage);
        return 0;
    }

    using var cancellation = new CancellationTokenSource();
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        cancellation.Cancel();
    };

    var report = ChaosReport.Of(await RunAsync(options, cancellation.Token));
    Console.WriteLine(report.ToText());

    if (options.Output is { } output)
    {
        await File.WriteAllTextAsync(output, JsonSerializer.Serialize(report, ChaosJson.Default.ChaosReport) + "\n", cancellation.Token);
    }

    return report.AllKept ? 0 : 1;
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}

static async Task<IReadOnlyList<ScenarioReport>> RunAsync(ChaosOptions options, CancellationToken cancellationToken)
{
    var reports = new List<ScenarioReport>();
    var started = Stopwatch.GetTimestamp();
    var seed = options.Seed;

    do
    {
        foreach (var scenario in options.Scenarios)
        {
            var report = await new ScenarioRun(scenario, options with { Seed = seed }).RunAsync(cancellationToken);
            Console.Error.WriteLine(ChaosReport.LineOf(report));
            reports.Add(report);
        }

        seed++;
    }
    while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(options.Minutes));

    return reports;
}
