using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Aspire.Hosting.Orchestration;

/// <summary>Calls to the operating system that .NET has no name for.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class Posix
{
    private const int SigTerm = 15;

    /// <summary>Asks a process to stop. A process that is already gone is not an error.</summary>
    public static void Terminate(int processId) => _ = Kill(processId, SigTerm);

    /// <summary>Leaves the terminal's foreground group, so that Ctrl-C reaches only the AppHost, which then stops the services in order.</summary>
    public static void LeaveProcessGroup() => _ = SetProcessGroup(0, 0);

    /// <summary>The process that started this one, or that took it over when the starter ended.</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int processId, int group);
}
