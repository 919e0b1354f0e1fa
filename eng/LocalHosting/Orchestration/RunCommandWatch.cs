using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Stops the application when the <c>dotnet run</c> that started it is gone: killed with SIGKILL, it cannot pass that on.
/// Only Linux tells the command line of a parent, and only <c>dotnet run</c> counts: a shell may well end before its jobs.
/// </summary>
internal sealed class RunCommandWatch(IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!OperatingSystem.IsLinux() || !IsRunCommand(Posix.ParentId()))
        {
            return;
        }

        var parent = Posix.ParentId();
        using var timer = new PeriodicTimer(Interval, time);

        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Posix.ParentId() != parent)
            {
                lifetime.StopApplication();
                return;
            }
        }
    }

    private static bool IsRunCommand(int processId)
    {
        try
        {
            var arguments = File.ReadAllText(FormattableString.Invariant($"/proc/{processId}/cmdline")).Split('\0');
            return Path.GetFileName(arguments[0]) == "dotnet" && arguments.Contains("run");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
