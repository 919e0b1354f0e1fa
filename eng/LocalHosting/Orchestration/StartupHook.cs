using System.Diagnostics;
using Aspire.Hosting.Orchestration;

/// <summary>
/// Runs inside each service before its own code (<c>DOTNET_STARTUP_HOOKS</c>) and ends it when the AppHost is gone. So no
/// service is left behind even when the AppHost is killed, and no service has to know of it.
/// </summary>
internal static class StartupHook
{
    /// <summary>Time to stop in an orderly way once the AppHost is gone.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    public static void Initialize()
    {
        // What this process starts has another standard input, so it must not inherit the hook.
        Environment.SetEnvironmentVariable(ServiceEnvironment.StartupHooks, null);

        if (!OperatingSystem.IsWindows())
        {
            Posix.LeaveProcessGroup();
        }

        new Thread(EndWithAppHost) { IsBackground = true, Name = "AppHost watch" }.Start();
    }

    private static void EndWithAppHost()
    {
        using var input = Console.OpenStandardInput();

        // The AppHost writes nothing: reading ends when its end of the pipe is closed, by itself or by its death.
        while (input.ReadByte() >= 0)
        {
        }

        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(0);
        }
        else
        {
            Posix.Terminate(Environment.ProcessId);
            using var never = new ManualResetEventSlim();
            never.Wait(Grace);
            Process.GetCurrentProcess().Kill();
        }
    }
}
