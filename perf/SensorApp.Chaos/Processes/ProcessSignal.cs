using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SensorApp.Chaos.Processes;

/// <summary>Signals that .NET itself cannot send. Linux numbers.</summary>
internal static partial class ProcessSignal
{
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>SIGTERM: asks the process to end in good order.</summary>
    public static void SendTerminate(Process process) => Send(process, Terminate);

    /// <summary>SIGSTOP: freezes the process where it is.</summary>
    public static void SendStop(Process process) => Send(process, Stop);

    /// <summary>SIGCONT: lets a frozen process go on.</summary>
    public static void SendContinue(Process process) => Send(process, Continue);

    private static void Send(Process process, int signal)
    {
        if (Kill(process.Id, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
