using System.Text.Json;
using SensorApp.LoadTest;
using SensorApp.Workload;

try
{
    var options = LoadTestOptions.Parse(args);

    if (options.Help)
    {
        Console.WriteLine(LoadTestOptions.Usage);
        return 0;
    }

    using var cancellation = new CancellationTokenSource();
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        cancellation.Cancel();
    };

    using var service = new SensorServiceClient(options.ApiUrl, options.Concurrency);
    var report = await new LoadTestRun(options, service, ProgressBar.Terminal).RunAsync(cancellation.Token);

    Console.WriteLine(options.Json ? JsonSerializer.Serialize(report, ReportJson.Default.LoadTestReport) : ReportText.Write(report));
    return report.Succeeded ? 0 : 1;
}
catch (InvalidOptionException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 1;
}
