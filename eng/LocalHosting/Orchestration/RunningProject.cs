namespace Aspire.Hosting.Orchestration;

/// <summary>The processes of one project, and the tasks that watch them.</summary>
internal sealed class RunningProject
{
    private readonly List<ServiceProcess> processes = [];
    private readonly List<Task> watches = [];
    private readonly CancellationTokenSource ending = new();

    /// <summary>Signalled when the processes are asked to stop.</summary>
    public CancellationToken Ending => ending.Token;

    public void Add(ServiceProcess process) => processes.Add(process);

    /// <summary>Reports each process that ends unasked.</summary>
    /// <param name="health">The watch over the project's health, which lasts until <see cref="Ending"/>.</param>
    /// <param name="ended">Told the exit code.</param>
    public void Watch(Task health, Action<int> ended)
    {
        watches.Add(health);
        watches.AddRange(processes.Select(process => ReportEndAsync(process, ended)));
    }

    /// <summary>Stops all processes side by side.</summary>
    public async Task StopAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(processes.Select(process => process.StopAsync()));
        await Task.WhenAll(watches);
        ending.Dispose();
    }

    private async Task ReportEndAsync(ServiceProcess process, Action<int> ended)
    {
        var exitCode = await process.Ended;

        if (!Ending.IsCancellationRequested)
        {
            ended(exitCode);
        }
    }
}
