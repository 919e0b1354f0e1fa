using System.Globalization;
using System.Text.Json;

namespace SensorApp.Benchmarks.Cloud;

/// <summary>The stand-in cloud, in memory and durable, beside the same web server that does nothing.</summary>
internal static class CloudComparison
{
    /// <summary>Enough for the just-in-time compiler to have optimised what is hot.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(CloudOptions options)
    {
        var machine = Machine.Here();
        Console.WriteLine(machine);
        var folder = options.DataFolder ?? Path.Combine(Path.GetTempPath(), $"sensorapp-benchmarks-{Guid.CreateVersion7():N}");
        var results = new List<CloudResult>();
        var servers = new List<CloudServer>();

        try
        {
            foreach (var kind in options.Servers)
                servers.Add(await CloudServer.StartAsync(kind, folder));

            foreach (var server in servers)
                await CloudWindow.PrepareAsync(server, options.Connections.Max());

            PrintHead();

            foreach (var operation in options.Operations)
            {
                foreach (var server in servers)
                    await CloudWindow.MeasureAsync(server, operation, options.Connections.Max(), WarmUp);

                foreach (var connections in options.Connections)
                    results.AddRange(await MeasureAsync(options, servers, operation, connections));
            }
        }
        finally
        {
            servers.ForEach(server => server.Dispose());

            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }

        if (options.JsonPath is { } json)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new { machine, repeats = options.Repeats, window_seconds = options.Window.TotalSeconds, results }, Report.Json));

        return 0;
    }

    private static async Task<List<CloudResult>> MeasureAsync(CloudOptions options, List<CloudServer> servers, CloudOperation operation, int connections)
    {
        var windows = servers.ToDictionary(server => server.Kind, _ => new List<CloudWindow>());

        for (var round = 0; round < options.Repeats; round++)
        {
            foreach (var server in servers)
                windows[server.Kind].Add(await CloudWindow.MeasureAsync(server, operation, connections, options.Window));
        }

        var floor = windows.GetValueOrDefault(CloudServerKind.Static);
        var results = servers.Select(server => CloudResult.Of(operation, connections, server.Kind, windows[server.Kind], floor)).ToList();
        results.ForEach(Print);
        return results;
    }

    private static void PrintHead()
    {
        Console.WriteLine("| operation | connections | server | requests/s | × static 200 | server CPU µs | writes a flush |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
    }

    private static void Print(CloudResult result) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {result.Operation} | {result.Connections} | {result.Server} | {result.Rate:F0} | {result.Ratio:F2} | {result.CpuMicroseconds:F1} | {result.WritesPerFlush:F1} |"));
}
